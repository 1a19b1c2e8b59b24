import type { Role } from '../../shared/accounts.ts'
import type { Phase, SessionKind } from '../../shared/sessions.ts'
import type { HeldReason } from '../../shared/questions.ts'
import type { Sanction, VoteFlag } from '../../shared/moderation.ts'
import type { PollKind, PollState, PollView } from '../../shared/polls.ts'
import type { StoredDelivery } from '../deliveries/rules.ts'
import type { StoredQuestion } from '../questions/rules.ts'

/** The tables as Kysely sees them (snake_case in the database, through CamelCasePlugin). Times are ISO 8601 text in UTC; `*Json` columns are JSON text: both engines speak that. */
export type Schema = {
  meta: { key: string; value: string }
  grants: { id: string; sessionId: string | null; role: Role; guestId: string | null; name: string; createdAt: string; revokedAt: string | null }
  personGrants: { personId: string; grantId: string; at: string }
  sessions: SessionRow
  questions: QuestionRow
  votes: { questionId: string; personId: string; at: string; viaId: string | null; setAside: string | null; address: string; device: string }
  voteFlags: VoteFlag & { sessionId: string; source: string }
  objections: { questionId: string; personId: string; reason: string; at: string }
  sanctions: Sanction & { sessionId: string }
  chatMessages: { id: string; sessionId: string; seq: number; personId: string; author: string; text: string; name: string | null; at: string; deletedAt: string | null; held: HeldReason | null }
  events: { sessionId: string; seq: number; position: number; audience: string; payloadJson: string; /** The question or chat message whose words it carries. */ subject: string | null }
  ledger: LedgerRow
  pictures: { id: string; mime: string; bytes: Uint8Array; personId: string; createdAt: string; sessionId: string | null }
  settings: { key: string; valueJson: string }
  polls: PollRow
  pollTallies: { pollId: string; choice: string; people: number }
  pollAnswers: { pollId: string; personId: string; choicesJson: string; at: string }
  webhooks: { id: string; url: string; eventsJson: string; active: number; secret: string; createdAt: string }
  pushSubscriptions: { endpoint: string; personId: string; keysJson: string; locale: string; createdAt: string }
  deliveries: StoredDelivery
}

export type QuestionRow = Omit<StoredQuestion, 'answer' | 'held' | 'notes'> & { answerJson: string | null; heldJson: string; notesJson: string }

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
}

export type LedgerRow = {
  sessionId: string
  position: number
  at: string
  subject: 'session' | 'question' | 'poll'
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
