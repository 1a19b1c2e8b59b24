import { RefusedError } from '../../shared/protocol/errors.ts'
import type { NoteQuestion, QuestionDetails, SetSanction, SetWords, WordLists } from '../../shared/moderation.ts'
import { may } from '../../shared/rules/permissions.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { AuditNote } from '../audit/rules.ts'
import type { QuestionLife } from '../questions/life.ts'
import type { MergingStore } from '../questions/merging.ts'
import type { Receipts } from '../questions/receipts.ts'
import { deskQuestion } from '../questions/rules.ts'
import type { QuestionStore } from '../questions/store.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import { signing } from '../sessions/noting.ts'
import { sessionView } from '../sessions/rules.ts'
import type { SessionStore } from '../sessions/store.ts'
import { WORDS_SETTING, platformWords } from './screening.ts'
import type { ModerationStore } from './store.ts'
import { distinctWords } from './words.ts'

/** Notes kept with one question. */
const NOTES_PER_QUESTION = 50

export type ModerationService = ReturnType<typeof createModerationService>

/** What moderators do besides deciding on questions. */
export function createModerationService(deps: {
  access: Access
  commit: CommitToSession
  life: QuestionLife
  receipts: Receipts
  questions: QuestionStore
  merging: MergingStore
  moderation: ModerationStore
  sessions: SessionStore
  /** Writes one of the installation's settings, durably, with the note of it. */
  set: (key: string, valueJson: string, note: AuditNote) => Promise<void>
  secret: string
}) {
  const { access, commit, life, receipts, questions, merging, moderation, sessions, secret } = deps

  async function wordLists(sessionId: string, personId: string): Promise<WordLists> {
    const session = await sessions.byId(sessionId)
    if (!session) throw new RefusedError('not_found')
    return { session: session.words, platform: platformWords(await moderation.setting(WORDS_SETTING)), mayEditPlatform: may(await access.actor(personId, null), 'words.edit_all') }
  }

  return {
    /** Leaves a note for colleagues. A retry with the same id changes nothing. @throws RefusedError `forbidden`, `not_found`, `wrong_state` when it holds too many */
    async note(personId: string, { sessionId, questionId, id, text }: NoteQuestion): Promise<null> {
      const actor = await access.require(personId, sessionId, 'question.note')
      const by = await access.signature(actor, sessionId)
      return commit(sessionId, async (tx) => {
        const question = await tx.questions.byId(questionId)
        if (!question || question.sessionId !== sessionId || question.state === 'withdrawn') throw new RefusedError('not_found')
        if (question.notes.some((note) => note.id === id)) return null
        if (question.notes.length >= NOTES_PER_QUESTION) throw new RefusedError('wrong_state', { current: deskQuestion(question) })
        const next = { ...question, notes: [...question.notes, { id, text, by, at: tx.now }] }
        await tx.questions.update(next)
        tx.emit('desk', { type: 'desk_question', question: deskQuestion(next) })
        return null
      })
    },

    /** What a moderator sees who looks closer: the receipt to be handed on, objections, what was merged. @throws RefusedError `forbidden`, `not_found` */
    async details(personId: string, { sessionId, questionId }: { sessionId: string; questionId: string }): Promise<QuestionDetails> {
      await access.require(personId, sessionId, 'desk.view')
      const question = await questions.byId(questionId)
      if (!question || question.sessionId !== sessionId) throw new RefusedError('not_found')
      return {
        receipt: receipts.own(question).receipt,
        objections: (await moderation.objections(questionId)).map(({ reason, at }) => ({ reason, at })),
        merged: (await merging.under(questionId)).map(({ id, number, text, name }) => ({ id, number, text, name })),
      }
    },

    /**
     * Mutes, bans, or lifts either. What a banned person has in public that is not on air yet goes back to review in the same commit. Doing so twice changes nothing.
     * @throws RefusedError `forbidden`, `not_found` when nobody wrote here under that pseudonym
     */
    async sanction(personId: string, { sessionId, author, kind, reason }: SetSanction, address = ''): Promise<null> {
      const actor = await access.require(personId, sessionId, 'person.sanction')
      const [by, who] = await Promise.all([access.signature(actor, sessionId), auditActor(access, personId, address)])
      return commit(sessionId, async (tx) => {
        const standing = await tx.moderation.sanctionOf(sessionId, author)
        if (standing === kind) return null
        if (!(await tx.moderation.hasWritten(sessionId, author))) throw new RefusedError('not_found')
        if (kind === null) await tx.moderation.lift(sessionId, author)
        else await tx.moderation.sanction(sessionId, { author, kind, reason, by, at: tx.now })
        const { phase } = tx.session
        const action = kind ?? 'lift'
        tx.note({ subject: 'session', number: null, action, from: phase, to: phase, ...signing(secret, sessionId, actor, 'person.sanction'), reason: maskNumbers(reason) || null, textDigest: null })
        // Without the pseudonym: the log of acts is kept longer than it is known whose that was.
        await tx.audit.append({ ...who, action: 'sanction', subject: tx.session.title, sessionId, detail: { kind: action, reason: maskNumbers(reason) } }, tx.now)
        if (kind === 'ban') {
          const touched = new Set<string>()
          for (const question of await tx.questions.ofAsker(sessionId, author, 'approved')) {
            const act = { action: 'take_back', sessionId, questionId: question.id, expectedVersion: question.version } as const
            await life.take(tx, actor, question, act, touched, { held: ['banned'] })
          }
          await life.settle(tx, touched)
        }
        tx.emit('desk', { type: 'sanctions', sanctions: await tx.moderation.sanctions(sessionId) })
        return null
      })
    },

    /** @throws RefusedError `forbidden`, `not_found` */
    async words(personId: string, sessionId: string): Promise<WordLists> {
      await access.require(personId, sessionId, 'words.edit')
      return wordLists(sessionId, personId)
    },

    /** Replaces a list. The ledger keeps that a session's list was changed, not the words. @throws RefusedError `forbidden` also for the installation's list without a grant over it, `not_found` */
    async setWords(personId: string, { sessionId, scope, words }: SetWords, address = ''): Promise<WordLists> {
      const actor = await access.require(personId, sessionId, 'words.edit')
      const [list, who] = [distinctWords(words), await auditActor(access, personId, address)]
      const note = { ...who, action: 'words' as const, subject: scope, sessionId, detail: { words: list.length } }
      if (scope === 'platform') {
        await access.require(personId, null, 'words.edit_all')
        await deps.set(WORDS_SETTING, JSON.stringify(list), { ...note, sessionId: null })
      } else {
        await commit(sessionId, async (tx) => {
          tx.update({ words: list })
          const { phase } = tx.session
          tx.note({ subject: 'session', number: null, action: 'words', from: phase, to: phase, ...signing(secret, sessionId, actor, 'words.edit'), reason: null, textDigest: null })
          await tx.audit.append(note, tx.now)
          tx.emit('desk', { type: 'session', session: sessionView(tx.session) })
        })
      }
      return wordLists(sessionId, personId)
    },
  }
}
