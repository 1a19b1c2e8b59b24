import type { QuestionsExport } from '../../shared/outcomes.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { AuditNote } from '../audit/rules.ts'
import type { OutcomeService } from '../outcomes/service.ts'
import type { OutcomeStore } from '../outcomes/store.ts'
import { deskQuestion } from '../questions/rules.ts'
import { sessionView } from '../sessions/rules.ts'
import type { SessionStore } from '../sessions/store.ts'
import { csvOf } from './csv.ts'
import { outcomeTable, questionTable } from './rules.ts'
import { wordsIn } from './words.ts'
import type { Language } from './words.ts'
import { spotRecord } from '../spot/store.ts'
import type { SpotStore } from '../spot/store.ts'

export type ExportService = ReturnType<typeof createExportService>

/** Whole sessions as files. */
export function createExportService(deps: {
  access: Access
  /** Reads all of `work` from one moment of the database. */
  consistent: <T>(work: (stores: { sessions: SessionStore; outcomes: OutcomeStore; spots: SpotStore }) => Promise<T>) => Promise<T>
  outcomes: OutcomeService
  now: () => Date
  note: (note: AuditNote) => Promise<void>
}) {
  const { access, consistent, outcomes, now, note } = deps

  /** Everything that the desk knows of every question. @throws RefusedError `forbidden`, `not_found` */
  async function questions(personId: string, sessionId: string, address = '', as = 'json'): Promise<QuestionsExport> {
    await access.require(personId, sessionId, 'session.export')
    const exported = await consistent(async (stores) => {
      const session = await stores.sessions.byId(sessionId)
      if (!session) throw new RefusedError('not_found')
      return { exportedAt: now().toISOString(), session: sessionView(session), questions: (await stores.outcomes.everyQuestion(sessionId)).map(deskQuestion), spots: (await stores.spots.inSession(sessionId)).map(spotRecord) }
    })
    await note({ ...(await auditActor(access, personId, address)), action: 'export', subject: exported.session.title, sessionId, detail: { as, questions: exported.questions.length } })
    return exported
  }

  return {
    questions,

    /** The same as a table (CSV). @throws RefusedError `forbidden`, `not_found` */
    async questionsTable(personId: string, sessionId: string, language: Language, address = ''): Promise<string> {
      const { session, questions: all, spots } = await questions(personId, sessionId, address, 'csv')
      return csvOf(questionTable(session, all, spots, wordsIn(language)), wordsIn(language))
    },

    /** What became of every question, as everybody may know it (CSV). @throws RefusedError `not_found` */
    async outcomesTable(sessionId: string, language: Language): Promise<string> {
      const { session, outcomes: all } = await outcomes.whole(sessionId)
      return csvOf(outcomeTable(session, all, wordsIn(language)), wordsIn(language))
    },
  }
}
