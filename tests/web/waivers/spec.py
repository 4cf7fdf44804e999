"""A procedure whose fee can be reduced on request, with evidence."""

SPEC = """\
id: copy-of-record
version: 2026-04-01
title: {{ja: 記録の写し, en: Copy of a record}}
bureau: hokeniryo
sign_in: {{required: true}}
steps:
  what:
    title: {{ja: 写し, en: Copy}}
    fields:
      copies: {{type: integer, title: {{ja: 枚数, en: Copies}}, minimum: 1, maximum: 9}}
  fee:
    title: {{ja: 手数料の減免, en: Reduction of the fee}}
    fields:
      wants: {{type: boolean, title: {{ja: 手数料の減免を申請しますか, en: Do you ask for a reduction?}}}}
      proof: {{type: file, title: {{ja: 受給証明書, en: Proof}}, when: wants, accept: [image/*]}}
fees:
  due: {due}
  pay_by: add_days(today, 7)
  lines:
    copy: {{title: {{ja: 写しの交付, en: Copy}}, law: 見本条例別表, account: "1201-03", count: copies, yen: 1000}}
  waivers:
    hardship:
      title: {{ja: 生活保護を受けている方の減免, en: Reduction for people on public assistance}}
      law: 見本条例第5条
      percent: 100
      asked: wants
      needs: [proof]
      decision:
        days: 5
        parts: [50]
        two_people: {two}
        reasons:
          - {{code: W1, title: {{ja: 受給していない, en: No assistance is received}}, law: 見本条例第5条}}
          - {{code: W2, title: {{ja: 証明書が読み取れない, en: The proof cannot be read}}, law: 見本条例施行規則第3条}}
        appeal: {{ja: 3か月以内に審査請求ができます。, en: You may appeal within three months.}}
review:
  office: hokenjo
  standard_days: 10
  stages: {{check: {{title: 審査, role: clerk}}, decide: {{title: 決裁, role: approver}}}}
  refusal_reasons: [{{code: R1, title: {{ja: 記録がない, en: There is no record}}, law: 見本条例第2条}}]
  appeal: {{ja: 3か月以内に審査請求ができます。, en: You may appeal within three months.}}
retention: {{years: 1}}
"""
