import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { accountRoutes } from './accounts/http.ts'
import { createSigner } from './accounts/tokens.ts'
import { administrationRoutes } from './administration/http.ts'
import { attendanceRoutes } from './attendance/http.ts'
import { agendaSockets } from './agenda/socket.ts'
import { apiRoutes } from './api/http.ts'
import { chatSockets } from './chat/socket.ts'
import { auditRoutes } from './audit/http.ts'
import type { Config } from './config.ts'
import { createCore } from './core.ts'
import type { Core } from './core.ts'
import { openDatabase } from './db/database.ts'
import type { Database } from './db/database.ts'
import { departmentRoutes } from './departments/http.ts'
import { registerDeliveries } from './deliveries/register.ts'
import { framing } from './embed/frames.ts'
import { embedRoutes } from './embed/http.ts'
import { exportRoutes } from './exports/http.ts'
import { feedRoutes } from './feeds/http.ts'
import { createForumStore } from './forums/store.ts'
import { floorSockets } from './floor/socket.ts'
import { forumRoutes } from './forums/http.ts'
import { createHttpApp } from './http/app.ts'
import { regularly } from './jobs/runner.ts'
import { ledgerRoutes } from './ledger/http.ts'
import { createMedia } from './media/media.ts'
import { wordRoutes } from './moderation/http.ts'
import { moderationSockets } from './moderation/socket.ts'
import { pushRoutes } from './notifications/http.ts'
import { operationRoutes } from './operations/http.ts'
import { createMetrics } from './operations/metrics.ts'
import { outcomeRoutes } from './outcomes/http.ts'
import { pictureRoutes } from './pictures/http.ts'
import { pollSockets } from './polls/socket.ts'
import { questionRoutes } from './questions/http.ts'
import { questionSockets } from './questions/socket.ts'
import { chosenGateway } from './residents/gateways/chosen.ts'
import type { GatewayChoice } from './residents/gateways/chosen.ts'
import { residentRoutes } from './residents/http.ts'
import { registerResidents } from './residents/register.ts'
import { createFanout } from './realtime/fanout.ts'
import { createRateLimiter } from './realtime/limiter.ts'
import { createPresence } from './realtime/presence.ts'
import { connectRedis } from './realtime/redis.ts'
import { createRevoking } from './realtime/revoking.ts'
import { createSocketServer, embedOf } from './realtime/server.ts'
import { retentionRoutes } from './retention/http.ts'
import { sessionRoutes } from './sessions/http.ts'
import { sessionSockets } from './sessions/socket.ts'
import { similarSockets } from './similar/socket.ts'
import { sharingRoutes } from './sharing/http.ts'
import { registerSharing } from './sharing/register.ts'
import { siteRoutes } from './site/http.ts'
import { spotSockets } from './spot/socket.ts'
import { registerStage } from './stage/register.ts'
import { systemRoutes } from './system/http.ts'
import { registerSystem } from './system/register.ts'
import { staffRoutes } from './staff/http.ts'
import type { Cost } from './staff/passwords.ts'
import { webhookRoutes } from './webhooks/http.ts'
import { voteSockets } from './votes/socket.ts'
import { workdayRoutes } from './workdays/http.ts'

export type App = { http: HttpServer; core: Core; database: Database; close: () => Promise<void> }

/** Between two looks at who is to be reminded, in milliseconds. */
const REMIND_EVERY = 60_000

const WEB_DIR = join(import.meta.dirname, '../dist/web')

/** Wires everything; the only place that sees all of it. Does not listen yet. `now`: the clock of all that is kept; `passwordCost`: see core.ts. */
export async function createApp(config: Config, log: Logger, { now = () => new Date(), passwordCost }: { now?: () => Date; passwordCost?: Cost } = {}): Promise<App> {
  const processId = randomUUID()
  const database = await openDatabase(config)
  const redis = config.redisUrl ? await connectRedis(config.redisUrl, log) : null
  const signer = createSigner(config.secret)
  const http = createServer()
  const io = createSocketServer(http, {
    publicUrl: config.publicUrl,
    identify: (request, embed) => core.identities.of(request, embed),
    redis,
    // Sign-in of a whole hall behind one address must pass; a loop of reconnects must not.
    connections: createRateLimiter(3_000, 60),
    log,
  })
  const presence = createPresence(io, processId, redis !== null)
  const metrics = createMetrics({ sockets: () => io.engine.clientsCount, media: () => media.stats(), workers: () => media.usage() })
  const core: Core = createCore({
    database,
    signer,
    secret: config.secret,
    publicUrl: config.publicUrl,
    now,
    ...(passwordCost ? { passwordCost } : {}),
    committed(sessionId, seq, deliveries) {
      metrics.commits.inc()
      fanout.committed(sessionId, seq)
      if (deliveries > 0) outside.courier.wake()
    },
    watching: presence.watching,
  })
  const revoking = createRevoking(io, { feed: core.rightsFeed, forget: core.forget, identify: (socket) => core.identities.of(socket.request, embedOf(socket)), now, log })
  const fanout = createFanout({ io, several: redis !== null, events: core.stores.events, receipts: core.receipts, sessions: core.stores.sessions, presence, epoch: database.epoch, now, log })
  const media = createMedia(config.media, log)
  const stage = await registerStage(io, {
    media,
    config: config.media,
    processId,
    redis: redis?.publisher ?? null,
    source: {
      async read(sessionId) {
        const session = await core.stores.sessions.byId(sessionId)
        if (!session) return null
        const { phase, onAir, muted, guests } = session
        const speakers = await core.floorSeats.ofSession(session)
        return { phase, onAir: [...onAir, ...speakers.map(({ seatId }) => seatId)], muted, guests, speakers }
      },
      follow: fanout.onChange,
    },
    identity: { actor: core.access.actor, seat: core.accounts.seat, floorSeat: core.floorSeats.ofPerson },
    log,
  })

  const gateway: GatewayChoice = {
    site: core.site,
    reach: config.deliverToLoopback ? 'loopback' : 'intranet',
    // For the person at the terminal, and not through the log: a code is a secret.
    print: (line) => void process.stdout.write(line),
    now,
    log,
  }
  const outside = await registerDeliveries({
    database,
    receipts: core.receipts,
    access: core.access,
    consents: core.consents,
    publicUrl: config.publicUrl,
    toLoopback: config.deliverToLoopback,
    sendMessage: core.attendance.messages(chosenGateway(gateway)),
    log,
  })
  const residents = registerResidents({ ...core, ...gateway, database, publicUrl: config.publicUrl, plainHttp: !config.production })

  const jobFailed = (error: unknown) => log.error({ err: error }, 'a background job failed; it is tried again')
  const stopRecords = core.records.begin(jobFailed)
  const stopReminders = regularly(core.attendance.reminders.remindDue, jobFailed, REMIND_EVERY)

  const handlers = [
    sessionSockets({ service: core.sessions, muting: core.muting, cuts: core.cuts, sync: core.sync, fanout, presence, limits: { person: createRateLimiter(60, 60), address: createRateLimiter(3_000, 60) }, log }),
    questionSockets({ service: core.questions, objections: core.objections, log }),
    moderationSockets({ service: core.moderation, log }),
    voteSockets({ service: core.votes, judges: core.judges, log }),
    similarSockets({ service: core.similar, log }),
    agendaSockets({ service: core.agenda, log }),
    pollSockets({ service: core.polls, answers: core.pollAnswers, log }),
    floorSockets({ service: core.floor, log }),
    chatSockets({ service: core.chat, log }),
    spotSockets({ service: core.spots, log }),
    stage.connection,
  ]
  io.on('connection', (socket) => {
    for (const handle of handlers) handle(socket)
  })

  const { sharing, feeds, fonts } = registerSharing({ core, publicUrl: config.publicUrl, now: Date.now })

  // What reads a whole session and works on it: often enough for a hall behind one address, too seldom to slow others.
  const wholeSessions = createRateLimiter(60, 60)

  http.on(
    'request',
    createHttpApp({
      publicUrl: config.publicUrl,
      webDir: WEB_DIR,
      identities: core.identities,
      cookies: core.cookies,
      changed: revoking.look,
      operations: operationRoutes({
        checks: {
          database: async () => (await database.ping(), true),
          redis: async () => !redis || redis.ready(),
          media: async () => !media.enabled || media.ready(),
        },
        metrics,
      }),
      headOf: sharing.head,
      anonymous: [feedRoutes({ service: feeds, limit: createRateLimiter(600, 60), log }), embedRoutes({ tokens: core.embeds, limit: createRateLimiter(600, 60), log })],
      framing: framing({ forums: createForumStore(database.read).all, now: Date.now, log }),
      api: [
        accountRoutes({ service: core.accounts, links: core.links, opening: core.opening, team: core.team, log }),
        staffRoutes({ staff: core.staff, log }),
        auditRoutes({ service: core.records.audit, log }),
        retentionRoutes({ service: core.records.retention, log }),
        sessionRoutes({ service: core.sessions, cuts: core.cuts, announcements: core.announcements, publicUrl: config.publicUrl, log }),
        questionRoutes({ service: core.questions, log }),
        ledgerRoutes({ service: core.ledger, limit: wholeSessions, log }),
        exportRoutes({ service: core.exports, limit: wholeSessions, log }),
        outcomeRoutes({ service: core.outcomes, log }),
        pictureRoutes({ service: core.pictures, log }),
        administrationRoutes({ service: core.administration, log }),
        departmentRoutes({ service: core.departments, log }),
        forumRoutes({ service: core.forums, log }),
        attendanceRoutes({ attendance: core.attendance, limit: wholeSessions, log }),
        siteRoutes({ service: core.site, log }),
        workdayRoutes({ service: core.workdays, log }),
        wordRoutes({ service: core.platformWords, log }),
        systemRoutes({ service: registerSystem({ config, database, core, media, redis, fonts }), log }),
        webhookRoutes({ service: outside.webhooks, log }),
        pushRoutes({ service: outside.push, log }),
        residentRoutes({ service: residents, cookies: core.cookies, log }),
        sharingRoutes({ service: sharing, limit: createRateLimiter(120, 60), log }),
        apiRoutes({ publicUrl: config.publicUrl, cookie: core.cookies.signIn.name }),
      ],
      limit: createRateLimiter(1_200, 60),
      urgent: createRateLimiter(600, 60),
      metrics,
      log,
    }),
  )

  return {
    http,
    core,
    database,
    async close() {
      // The stage first: clients of other processes are then told at once that this one carries their picture no longer.
      await stage.close()
      await io.close()
      await revoking.close()
      await outside.courier.close()
      await stopRecords()
      await stopReminders()
      await fanout.close()
      presence.close()
      media.close()
      redis?.close()
      await database.close()
    },
  }
}
