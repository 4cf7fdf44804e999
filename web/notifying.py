"""By which channels this installation tells people something, in whose name, and how its papers are made."""

from collections.abc import Mapping

from engine.words import LANGUAGES
from payments.receipts.making import ReceiptPress
from procedures.channels import Channel
from procedures.channels.folder import FolderChannel
from procedures.channels.line import LineChannel
from procedures.channels.mail import MailChannel
from procedures.channels.notice import Sender
from procedures.channels.sms import SmsChannel
from procedures.channels.smtp import SmtpChannel
from procedures.outgoing.posting import Poster
from procedures.papers.codes import Verifying
from web.services import Services
from web.settings import Settings


def sender_of(settings: Settings) -> Sender:
    """The authority as it stands in notices."""
    authority = settings.authority
    return Sender(
        {spoken: authority.name.say(spoken) for spoken in LANGUAGES},
        settings.mail_from,
        settings.public_url,
        {spoken: authority.contact.say(spoken) for spoken in LANGUAGES},
        authority.colour,
    )


def verifying_of(settings: Settings) -> Verifying:
    """How the certificates of this installation are checked."""
    return Verifying(settings.secret_key, settings.public_url)


def poster_of(settings: Settings) -> Poster:
    """What sends webhooks: in production by TLS alone, and to the public internet alone unless it is set otherwise."""
    return Poster(plain=not settings.production, private=settings.webhook_private)


def press_of(services: Services) -> ReceiptPress:
    """What makes the receipts of this installation."""
    settings = services.settings
    return ReceiptPress(services.blobs, settings.specs_dir / "templates", settings.seal_dir)


def channels_of(settings: Settings) -> Mapping[str, Channel]:
    """The channels that are configured, by name; mail always is."""
    sender, gateways = sender_of(settings), settings.gateways
    server = SmtpChannel(settings.smtp_url) if settings.smtp_url else FolderChannel(settings.mail_dir)
    channels: list[Channel] = [MailChannel(server, sender)]
    if gateways.sms_url:
        sms = SmsChannel(gateways.sms_url, sender, gateways.sms_token, gateways.sms_signing_key, gateways.sms_from)
        channels.append(sms)
    if gateways.line_token:
        channels.append(LineChannel(gateways.line_token, sender, gateways.line_api))
    return {channel.name: channel for channel in channels}
