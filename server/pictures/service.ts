import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { isPublic } from '../../shared/rules/questionLifecycle.ts'
import { takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import { may } from '../../shared/rules/permissions.ts'
import type { Access } from '../accounts/access.ts'
import type { QuestionStore } from '../questions/store.ts'
import type { Consents } from '../residents/consents.ts'
import { requireConsent, requireKnown } from '../residents/known.ts'
import type { ResidentStore } from '../residents/store.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { SessionStore } from '../sessions/store.ts'
import type { Picture, PictureStore } from './store.ts'

/** Side of the square in which a guest's portrait is kept, in pixels. */
const PORTRAIT = 512
/** Longest side of a question's picture, in pixels. */
const QUESTION_PICTURE = 1_600
/** Longest side of the site's emblem: sharp at three times the size in which pages show it. */
const EMBLEM = 256
const MAX_PIXELS = 40_000_000
/** How long a picture waits for its question to be sent, in milliseconds: a draft may lie for a day. */
const UNUSED_MS = 26 * 3_600_000

/** What a browser may send. The library reads more, drawings with a language of their own among them: nobody's phone makes those, and each is one more way in. */
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp']

/** Upright, and with nothing left but pixels: no place, no camera, no script. @throws when it is no picture, or none of the {@link FORMATS} */
async function opened(bytes: Uint8Array) {
  const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
  if (!FORMATS.includes((await picture.metadata()).format)) throw new Error('not one of the formats')
  return picture.rotate()
}

/** Both asynchronous throughout: of some inputs (none at all) the library complains at once. */
const ENCODE = {
  portrait: async (bytes: Uint8Array): Promise<Uint8Array> => (await opened(bytes)).resize(PORTRAIT, PORTRAIT, { fit: 'cover', position: 'attention' }).webp({ quality: 82 }).toBuffer(),
  // Whole and with its transparency: a coat of arms is not cropped.
  emblem: async (bytes: Uint8Array): Promise<Uint8Array> => (await opened(bytes)).resize(EMBLEM, EMBLEM, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 90, alphaQuality: 100 }).toBuffer(),
  question: async (bytes: Uint8Array): Promise<Uint8Array> =>
    (await opened(bytes)).resize(QUESTION_PICTURE, QUESTION_PICTURE, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 80 }).toBuffer(),
}

export type PictureService = ReturnType<typeof createPictureService>

export function createPictureService(deps: {
  access: Access
  store: PictureStore
  questions: QuestionStore
  sessions: SessionStore
  residents: Pick<ResidentStore, 'methodsOf'>
  consents: Pick<Consents, 'require'>
  /** Runs `work` durably. */
  writing: (work: (store: PictureStore) => Promise<void>) => Promise<void>
  /** Pictures for questions, per person and per address. */
  limits: { person: RateLimiter; address: RateLimiter }
  now: () => Date
}) {
  const { access, store, questions, sessions, residents, consents, writing, limits, now } = deps

  async function keep(personId: string, sessionId: string | null, kind: keyof typeof ENCODE, bytes: Uint8Array): Promise<{ id: string }> {
    const encoded = await ENCODE[kind](bytes).catch(() => {
      throw new RefusedError('invalid_input', { issues: [{ path: '', code: 'not_a_picture' }] })
    })
    const id = randomUUID()
    const at = now()
    await writing(async (pictures) => {
      if (sessionId !== null) await pictures.removeUnused(sessionId, new Date(at.getTime() - UNUSED_MS).toISOString())
      await pictures.insert({ id, mime: 'image/webp', bytes: encoded, personId, createdAt: at.toISOString(), sessionId })
    })
    return { id }
  }

  /** Whether this person may see a question's picture: it is public, theirs, or of a session whose desk is theirs. */
  async function maySee(personId: string, id: string, picture: Pick<Picture, 'personId'>, sessionId: string): Promise<boolean> {
    if (picture.personId === personId) return true
    const question = await questions.withPicture(id)
    return (question !== null && isPublic(question.state)) || may(await access.actor(personId, sessionId), 'desk.view')
  }

  return {
    /** Keeps a guest's portrait. @throws RefusedError `forbidden`, `invalid_input` when the bytes are no picture */
    async addPortrait(personId: string, bytes: Uint8Array): Promise<{ id: string }> {
      const grants = await access.grantsOf(personId)
      // Chosen in the form of a session that may not exist yet.
      const makesSessions = may(await access.actor(personId, null), 'session.create')
      if (!makesSessions && !grants.some((grant) => grant.role === 'host')) throw new RefusedError('forbidden')
      return keep(personId, null, 'portrait', bytes)
    },

    /** Keeps what is to be the site's emblem. @throws RefusedError `forbidden`, `invalid_input` when the bytes are no picture */
    async addEmblem(personId: string, bytes: Uint8Array): Promise<{ id: string }> {
      await access.require(personId, null, 'settings.manage')
      return keep(personId, null, 'emblem', bytes)
    },

    /**
     * Keeps a picture that this person may send one question of the session with.
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `closed`, `consent_required`, `identity_required`, `invalid_input` when the bytes are no picture
     */
    async addForQuestion(personId: string, address: string, sessionId: string, bytes: Uint8Array): Promise<{ id: string }> {
      const actor = await access.require(personId, sessionId, 'question.submit')
      await requireConsent(consents, actor)
      await Promise.all([limits.person.take(personId), limits.address.take(address)])
      const session = await sessions.byId(sessionId)
      if (!session) throw new RefusedError('not_found')
      if (!takesQuestions(session, now().getTime())) throw new RefusedError('closed')
      await requireKnown({ session, residents }, actor)
      return keep(personId, sessionId, 'question', bytes)
    },

    /**
     * Everybody may see a portrait; a question's picture follows its question. `lasting`: it never changes, and nobody may lose it again.
     * @throws RefusedError `not_found`, also for what this person may not see
     */
    async get(personId: string, id: string): Promise<{ picture: Picture; lasting: boolean }> {
      const picture = await store.byId(id)
      if (!picture) throw new RefusedError('not_found')
      if (picture.sessionId !== null && !(await maySee(personId, id, picture, picture.sessionId))) throw new RefusedError('not_found')
      return { picture, lasting: picture.sessionId === null }
    },
  }
}
