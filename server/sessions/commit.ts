import type { SessionEvent } from '../../shared/protocol/events.ts'
import type { CreateSession } from '../../shared/sessions.ts'
import type { LinkStore } from '../accounts/linkStore.ts'
import type { RightsStore } from '../accounts/rights.ts'
import type { SignInStore } from '../accounts/signIns.ts'
import type { AccountStore } from '../accounts/store.ts'
import type { AuditStore } from '../audit/store.ts'
import type { AttendanceStore } from '../attendance/store.ts'
import type { ChatStore } from '../chat/store.ts'
import type { Telling } from '../deliveries/rules.ts'
import type { FloorStore } from '../floor/store.ts'
import type { ForumStore } from '../forums/store.ts'
import type { LedgerNote } from '../ledger/rules.ts'
import type { ModerationStore } from '../moderation/store.ts'
import type { PictureStore } from '../pictures/store.ts'
import type { ForgettingStore } from '../questions/forgetting.ts'
import type { MergingStore } from '../questions/merging.ts'
import type { PollStore } from '../polls/store.ts'
import type { QuestionStore } from '../questions/store.ts'
import type { ErasingStore } from '../residents/erasingStore.ts'
import type { ResidentStore } from '../residents/store.ts'
import type { SpotStore } from '../spot/store.ts'
import type { VoteStore } from '../votes/store.ts'
import type { SessionPatch, StoredSession } from './rules.ts'

/** One commit to one session, as a use case sees it. The session's row is locked: nobody else changes this session meanwhile. */
export type SessionCommit = {
  session: StoredSession
  /** Time of the commit, UTC ISO 8601. */
  now: string
  questions: QuestionStore
  merging: MergingStore
  votes: VoteStore
  moderation: ModerationStore
  pictures: PictureStore
  chat: ChatStore
  polls: PollStore
  hands: FloorStore
  attendance: AttendanceStore
  spots: SpotStore
  forums: ForumStore
  accounts: AccountStore
  residents: ResidentStore
  forgetting: ForgettingStore
  erasing: ErasingStore
  audit: AuditStore
  rights: RightsStore
  links: LinkStore
  signIns: SignInStore
  /** Changes the session; seen at once in `session`. */
  update: (patch: SessionPatch) => void
  /** Appends to the public ledger. */
  note: (note: LedgerNote) => void
  /** Tells `audience` (`public`, `desk`, `person:<id>`) once the commit is durable. */
  emit: (audience: string, event: SessionEvent) => void
  /** Takes what earlier commits told of something out of the log: words that nobody shall read again, not even who catches up. `subject`: a question's id, or with `hand:`, `chat:` or `spot:` before it another's. */
  forget: (subject: string) => void
  /** Tells the outside, webhooks and devices: written with the commit, sent afterwards and tried again until it arrives. */
  deliver: (telling: Telling) => void
}

/**
 * Runs `work` in one transaction and resolves with its result once everything is durable; the audiences hear of it after that.
 * A throw takes all of it back.
 * @param ahead goes before everything that waits for this session in this process: for what must not wait
 * @throws RefusedError `not_found` when there is no such session
 */
export type CommitToSession = <T>(sessionId: string, work: (commit: SessionCommit) => Promise<T>, ahead?: boolean) => Promise<T>

/** As {@link CommitToSession}, for a session that this very transaction creates. Resolves with null, having done nothing, when the id is taken. */
export type CreateSessionCommit = <T>(input: CreateSession, createdBy: string, work: (commit: SessionCommit) => Promise<T>) => Promise<T | null>
