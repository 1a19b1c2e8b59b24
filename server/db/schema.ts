import type { LinkUse, PlatformRole, RevokeReason, Role, SignedIn } from '../../shared/accounts.ts'
import type { AuditAction } from '../../shared/administration.ts'
import type { IdentityMethod, LookUp } from '../../shared/identity.ts'
import type { InvitationPurpose } from '../../shared/staff.ts'
import type { Phase, SessionKind } from '../../shared/sessions.ts'
import type { HeldReason } from '../../shared/questions.ts'
import type { Sanction, VoteFlag } from '../../shared/moderation.ts'
import type { PollKind, PollState, PollView } from '../../shared/polls.ts'
import type { AttendeeState } from '../../shared/attendance.ts'
import type { HandState, Place } from '../../shared/floor.ts'
import type { SpotKind } from '../../shared/spot.ts'
import type { StoredDelivery } from '../deliveries/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'

/** The tables as Kysely sees them (snake_case in the database, through CamelCasePlugin). Times are ISO 8601 text in UTC; `*Json` columns are JSON text: both engines speak that. */
export type Schema = {
  meta: { key: string; value: string }
  grants: GrantRow
  personGrants: { personId: string; grantId: string; at: string }
  sessions: SessionRow
  questions: QuestionRow
  votes: { questionId: string; personId: string; at: string; viaId: string | null; setAside: string | null; address: string; device: string }
  voteFlags: VoteFlag & { sessionId: string; source: string }
  objections: { questionId: string; personId: string; reason: string; at: string }
  sanctions: Sanction & { sessionId: string }
  chatMessages: { id: string; sessionId: string; seq: number; personId: string; author: string; text: string; name: string | null; at: string; deletedAt: string | null; held: HeldReason | null; departmentId: string | null; spokesperson: number }
  events: { sessionId: string; seq: number; position: number; audience: string; payloadJson: string; /** What its words are of, see realtime/store.ts. */ subject: string | null }
  ledger: LedgerRow
  pictures: { id: string; mime: string; bytes: Uint8Array; personId: string; createdAt: string; sessionId: string | null }
  settings: { key: string; valueJson: string; version: number; at: string | null; by: string | null }
  privacyNotices: { version: number; textJson: string; at: string; by: string }
  polls: PollRow
  pollTallies: { pollId: string; choice: string; people: number }
  pollAnswers: { pollId: string; personId: string; choicesJson: string; at: string }
  webhooks: { id: string; url: string; eventsJson: string; active: number; secret: string; createdAt: string }
  pushSubscriptions: { endpoint: string; personId: string; keysJson: string; locale: string; createdAt: string }
  deliveries: StoredDelivery
  accounts: AccountRow
  strangers: { digest: string; failures: number; failedAt: string | null; lockedUntil: string | null }
  signIns: SignInRow
  guardedPeople: { personId: string; at: string }
  rightsChanges: { id: string; personId: string; reason: RevokeReason; /** @see accounts/rights.ts */ signInId: string | null; at: string }
  invitations: InvitationRow
  linkUses: LinkUse & { id: string; grantId: string; sessionId: string | null; address: string; seenAt: string | null }
  verifications: { id: string; personId: string; method: IdentityMethod; provider: string; subject: string; sealed: string; at: string; seenAt: string }
  phoneCodes: { id: string; personId: string; phone: string; code: string; attempts: number; createdAt: string; expiresAt: string }
  consents: { personId: string; version: number; locale: string; at: string }
  departments: { id: string; name: string; code: string; duty: string; leader: string; verified: number; archived: number; version: number }
  audit: AuditRow
  activity: { id: string; at: string; personId: string; sessionId: string; subject: LookUp['subject']; subjectId: string; sealed: string }
  forums: { id: string; name: string; code: string; originsJson: string; contact: string; members: number; archived: number; version: number }
  hands: HandRow
  hallPeople: { sessionId: string; personId: string; at: string }
  attendees: AttendeeRow
  checkIns: { id: string; sessionId: string; attendeeId: string; at: string; receivedAt: string; undo: number; by: string }
  spots: SpotRow
  jobRuns: { id: string; job: string; at: string; outcome: 'ok' | 'failed'; detailJson: string }
}

/** `generation` is part of the signed link; `holder` is the person whose device holds a guest's. `accountId`: given to an account, has no link. */
type GrantRow = {
  id: string
  sessionId: string | null
  role: Role
  guestId: string | null
  name: string
  createdAt: string
  revokedAt: string | null
  accountId: string | null
  generation: number
  expiresAt: string | null
  holder: string | null
  heldAt: string | null
  device: string | null
}

/** Staff. The id is also the person's. `totpSealed` and `totpOffered` are encrypted, `recoveryJson` holds digests. */
export type AccountRow = {
  id: string
  username: string
  name: string
  post: string
  departmentId: string | null
  spokesperson: number
  role: PlatformRole
  password: string
  totpSealed: string | null
  totpOffered: string | null
  totpStep: number
  recoveryJson: string
  failures: number
  failedAt: string | null
  lockedUntil: string | null
  disabledAt: string | null
  createdAt: string
  signedInAt: string | null
  version: number
}

/** A browser that is signed in; `token` and `previous` are digests. */
export type SignInRow = {
  id: string
  personId: string
  kind: SignedIn
  token: string
  previous: string | null
  rotatedAt: string
  createdAt: string
  seenAt: string
  expiresAt: string
  address: string
  device: string
}

export type InvitationRow = {
  id: string
  purpose: InvitationPurpose
  /** Digest. */
  token: string
  accountId: string | null
  name: string
  role: PlatformRole
  departmentId: string | null
  by: string
  /** The person who made it; null: the terminal. */
  byId: string | null
  createdAt: string
  expiresAt: string
  usedAt: string | null
  revokedAt: string | null
}

type AuditRow = { id: string; at: string; actorId: string | null; actor: string; action: AuditAction; subject: string; sessionId: string | null; address: string; detailJson: string }

export type QuestionRow = Omit<StoredQuestion, 'answer' | 'held' | 'notes' | 'forum'> & { answerJson: string | null; heldJson: string; notesJson: string; forumJson: string }

export type HandRow = {
  id: string
  sessionId: string
  number: number
  /** Null: raised by somebody of the desk. */
  personId: string | null
  /** Whose turns are counted together. */
  speaker: string
  attendeeId: string | null
  givenName: string | null
  givenAbout: string
  place: Place
  forumJson: string
  topicId: string | null
  tableId: string | null
  questionId: string | null
  state: HandState
  turns: number
  heldJson: string
  asker: string
  seat: string
  enteredBy: string | null
  raisedAt: string
  calledAt: string | null
  startedAt: string | null
  endedAt: string | null
  seconds: number
  camera: number
  outOfTurn: string | null
  reason: string | null
  version: number
}

export type AttendeeRow = {
  id: string
  sessionId: string
  forumId: string | null
  name: string
  phoneSealed: string | null
  phoneHint: string
  state: AttendeeState
  waitingSince: string | null
  seat: string
  tableId: string | null
  note: string
  reason: string
  grantId: string | null
  personId: string | null
  createdAt: string
  repliedAt: string | null
  remindedAt: string | null
  checkedInAt: string | null
  checkedInBy: string | null
  version: number
}

export type SpotRow = {
  id: string
  sessionId: string
  number: number
  kind: SpotKind
  questionId: string | null
  handId: string | null
  guestId: string | null
  who: string
  departmentId: string | null
  department: string
  text: string
  dueOn: string | null
  at: string
  by: string
  withdrawnJson: string
  /** Secret; makes the ledger's text digests impossible to guess. */
  salt: string
  version: number
}

export type PollRow = Pick<PollView, 'id' | 'number' | 'title' | 'maxChoices' | 'showResults' | 'openedAt' | 'closedAt' | 'version' | 'answers'> & {
  sessionId: string
  kind: PollKind
  state: PollState
  optionsJson: string
  hiddenJson: string
}

export type SessionRow = {
  id: string
  kind: SessionKind
  title: string
  topic: string
  introduction: string
  startsAt: string
  plannedMinutes: number
  guestsJson: string
  settingsJson: string
  phase: Phase
  version: number
  onAirJson: string
  wentLiveAt: string | null
  endedAt: string | null
  createdAt: string
  createdBy: string
  /** Head of the session's log. */
  seq: number
  questionCount: number
  ledgerIndex: number
  ledgerHead: string
  intakeJson: string
  /** The session's own sensitive words. */
  wordsJson: string
  sealJson: string
  pollCount: number
  agendaJson: string
  floorJson: string
  attendanceJson: string
  announcementJson: string
  mutedJson: string
  handCount: number
  spotCount: number
}

export type LedgerRow = {
  sessionId: string
  position: number
  at: string
  subject: 'session' | 'question' | 'poll' | 'hand' | 'spot'
  number: number | null
  action: string
  fromState: string | null
  toState: string
  role: string
  actor: string
  reason: string | null
  textDigest: string | null
  detailJson: string | null
  previous: string
  hash: string
}
