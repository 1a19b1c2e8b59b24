import type { Queries } from '../db/database.ts'

export type DataStore = ReturnType<typeof createDataStore>

/** All that is kept of one person, wherever it is. */
export function createDataStore(db: Queries) {
  return {
    /** As the tables have it: what is sealed there is sealed here. `tokens` of sign-ins and digests are nobody's data. */
    async of(personId: string) {
      return {
        questions: await db.selectFrom('questions').selectAll().where('personId', '=', personId).orderBy('submittedAt').execute(),
        votes: await db
          .selectFrom('votes')
          .innerJoin('questions', 'questions.id', 'votes.questionId')
          .select(['questions.sessionId', 'questions.number', 'votes.questionId', 'votes.at', 'votes.viaId'])
          .where('votes.personId', '=', personId)
          .orderBy('votes.at')
          .execute(),
        pollAnswers: await db
          .selectFrom('pollAnswers')
          .innerJoin('polls', 'polls.id', 'pollAnswers.pollId')
          .select(['polls.sessionId', 'polls.title', 'polls.optionsJson', 'pollAnswers.pollId', 'pollAnswers.choicesJson', 'pollAnswers.at'])
          .where('pollAnswers.personId', '=', personId)
          .orderBy('pollAnswers.at')
          .execute(),
        objections: await db.selectFrom('objections').select(['questionId', 'reason', 'at']).where('personId', '=', personId).orderBy('at').execute(),
        chat: await db.selectFrom('chatMessages').select(['id', 'sessionId', 'text', 'name', 'at', 'deletedAt']).where('personId', '=', personId).orderBy('at').execute(),
        hands: await db
          .selectFrom('hands')
          .select(['id', 'sessionId', 'number', 'state', 'givenName as name', 'givenAbout as about', 'place', 'seat', 'raisedAt', 'calledAt', 'startedAt', 'endedAt', 'reason'])
          .where('personId', '=', personId)
          .orderBy('raisedAt')
          .execute(),
        attendance: await db
          .selectFrom('attendees')
          .select(['id', 'sessionId', 'forumId', 'name', 'phoneSealed', 'state', 'seat', 'note', 'reason', 'createdAt', 'repliedAt', 'remindedAt', 'checkedInAt'])
          .where(({ eb, or, selectFrom }) => or([eb('personId', '=', personId), eb('grantId', 'in', selectFrom('personGrants').select('personGrants.grantId').where('personGrants.personId', '=', personId))]))
          .orderBy('createdAt')
          .execute(),
        inHall: await db.selectFrom('hallPeople').select(['sessionId', 'at']).where('personId', '=', personId).orderBy('at').execute(),
        pictures: await db.selectFrom('pictures').select(['id', 'sessionId', 'createdAt']).where('personId', '=', personId).orderBy('createdAt').execute(),
        verifications: await db.selectFrom('verifications').select(['method', 'provider', 'sealed', 'at', 'seenAt']).where('personId', '=', personId).orderBy('at').execute(),
        consents: await db.selectFrom('consents').select(['version', 'locale', 'at']).where('personId', '=', personId).orderBy('version').execute(),
        push: await db.selectFrom('pushSubscriptions').select(['endpoint', 'locale', 'createdAt']).where('personId', '=', personId).orderBy('createdAt').execute(),
        signIns: await db.selectFrom('signIns').select(['kind', 'device', 'address', 'createdAt', 'seenAt', 'expiresAt']).where('personId', '=', personId).orderBy('createdAt').execute(),
        activity: await db.selectFrom('activity').select(['at', 'sessionId', 'subject', 'subjectId', 'sealed']).where('personId', '=', personId).orderBy('at').execute(),
        grants: await db
          .selectFrom('personGrants')
          .innerJoin('grants', 'grants.id', 'personGrants.grantId')
          .select(['grants.sessionId', 'grants.role', 'grants.name', 'personGrants.at'])
          .where('personGrants.personId', '=', personId)
          .execute(),
      }
    },
  }
}
