"""The tables of cases."""

from procedures.models.base import Base, JsonText, Serial, UtcDateTime, new_id, to_json
from procedures.models.cases import Application, Draft, StatusHistory, Submission
from procedures.models.clock.escalations import Escalation
from procedures.models.clock.statistics import CountedDay, OfficeDay
from procedures.models.continuing import ResumeCode, Tries, Unfinished
from procedures.models.corrections import CorrectionExtension, CorrectionItem, CorrectionRequest
from procedures.models.correspondence import CaseMessage
from procedures.models.decisions import Decision, Deputy, Endorsement, LaterLook, Letter, Proposal
from procedures.models.documents.files import Attachment, Upload, UploadPiece
from procedures.models.documents.papers import Certificate, CertificateCounter, PaperNumber, PaperSpelling
from procedures.models.examining import CaseNote, CaseOpinion, ExaminationEntry
from procedures.models.exchange import (
    ApiClient,
    ApiProof,
    ApiSecret,
    ApiToken,
    ApiUpload,
    CaseEvent,
    ReceivedSubmission,
    WebhookDelivery,
    WebhookSubscription,
)
from procedures.models.handing.assigning import Absence, CaseMove, OfficeAssigning, WorkShare
from procedures.models.handing.batches import Batch, BatchItem
from procedures.models.insight import Feedback, JourneyCount
from procedures.models.intake import Intake, Place
from procedures.models.keys import CaseKey, Erased, Sealing
from procedures.models.library import PublishedProcedure
from procedures.models.mandates import Acting, MandateGrant
from procedures.models.outbox import Job, Message
from procedures.models.people import Office, Person, PersonClaim, StaffInvitation, StaffRole, WebSession
from procedures.models.profiles import DraftOrigin, Profile, ProfileValue
from procedures.models.reaching import Contact, ContactCode
from procedures.models.records.audit import AuditEvent, AuditHead
from procedures.models.records.looking import Look, LookHead
from procedures.models.running import Heartbeat, SchemaFloor
from procedures.models.searching import FirstView, SavedView, SearchTerm
from procedures.models.sign_in import Challenge, MailLink, Passkey
from procedures.models.waivers import WaiverRequest

__all__ = [
    "Absence",
    "Acting",
    "ApiClient",
    "ApiProof",
    "ApiSecret",
    "ApiToken",
    "ApiUpload",
    "Application",
    "Attachment",
    "AuditEvent",
    "AuditHead",
    "Base",
    "Batch",
    "BatchItem",
    "CaseEvent",
    "CaseKey",
    "CaseMessage",
    "CaseMove",
    "CaseNote",
    "CaseOpinion",
    "Certificate",
    "CertificateCounter",
    "Challenge",
    "Contact",
    "ContactCode",
    "CorrectionExtension",
    "CorrectionItem",
    "CorrectionRequest",
    "CountedDay",
    "Decision",
    "Deputy",
    "Draft",
    "DraftOrigin",
    "Endorsement",
    "Erased",
    "Escalation",
    "ExaminationEntry",
    "Feedback",
    "FirstView",
    "Heartbeat",
    "Intake",
    "Job",
    "JourneyCount",
    "JsonText",
    "LaterLook",
    "Letter",
    "Look",
    "LookHead",
    "MailLink",
    "MandateGrant",
    "Message",
    "Office",
    "OfficeAssigning",
    "OfficeDay",
    "PaperNumber",
    "PaperSpelling",
    "Passkey",
    "Person",
    "PersonClaim",
    "Place",
    "Profile",
    "ProfileValue",
    "Proposal",
    "PublishedProcedure",
    "ReceivedSubmission",
    "ResumeCode",
    "SavedView",
    "SchemaFloor",
    "Sealing",
    "SearchTerm",
    "Serial",
    "StaffInvitation",
    "StaffRole",
    "StatusHistory",
    "Submission",
    "Tries",
    "Unfinished",
    "Upload",
    "UploadPiece",
    "UtcDateTime",
    "WaiverRequest",
    "WebSession",
    "WebhookDelivery",
    "WebhookSubscription",
    "WorkShare",
    "new_id",
    "to_json",
]
