import type { Browser, BrowserContext } from 'playwright-core'
import type { CreateSession, SessionView } from '../../shared/sessions.ts'
import type { SignInLink } from '../../shared/accounts.ts'
import { visitor } from '../support/browser.ts'
import { openSession } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import type { TestServer } from '../support/server.ts'
import { comeIn } from './comeIn.ts'
import { deskPage } from './pages/desk.ts'
import type { DeskPage } from './pages/desk.ts'
import { stagePage } from './pages/stage.ts'
import type { StagePage } from './pages/stage.ts'
import { watchPage } from './pages/watch.ts'
import type { WatchPage } from './pages/watch.ts'

export type Scene = OpenedSession & {
  /** Path of the watch page. */
  path: string
  /** The first guest: the one whose link, seat and page are meant below. */
  guestId: string
  link: (role: 'host' | 'moderator' | 'guest') => string
  /** A host of their own at the desk, in by the session's link. */
  desk: (options?: { /** Prepares the browser before it opens the page. */ before?: (context: BrowserContext) => Promise<void> }) => Promise<DeskPage>
  /** The guest, in by their link, at the device check. */
  stage: () => Promise<StagePage>
  /** A resident with the watch page open. */
  watch: () => Promise<WatchPage>
}

/** A new session in `phase`, and the people who come to it, each with a browser of their own. */
export async function openScene(browser: Browser, server: Pick<TestServer, 'url' | 'links'>, phase: SessionView['phase'], over: Partial<CreateSession> = {}): Promise<Scene> {
  const opened = await openSession(server, phase, over)
  const links = await opened.host.person.get<SignInLink[]>(`/api/sessions/${opened.sessionId}/links`)
  const guestId = opened.session.guests[0]!.id
  const link = (role: 'host' | 'moderator' | 'guest') => {
    const found = links.find((candidate) => candidate.role === role && (role !== 'guest' || candidate.guestId === guestId))
    if (!found) throw new Error(`the session has no link for a ${role}`)
    return found.url
  }
  const come = async (to: string, before?: (context: BrowserContext) => Promise<void>) => {
    const { page } = await visitor(browser, server.url)
    await before?.(page.context())
    await (to.includes('/in/') ? comeIn(page, to) : page.goto(to))
    return page
  }
  const path = `/s/${opened.sessionId}`
  return {
    ...opened,
    path,
    guestId,
    link,
    async desk({ before } = {}) {
      const desk = deskPage(await come(link('host'), before))
      await desk.page.getByTestId('desk').waitFor()
      return desk
    },
    async stage() {
      const stage = stagePage(await come(link('guest')))
      await stage.page.getByTestId('device-check').waitFor()
      return stage
    },
    async watch() {
      const watch = watchPage(await come(server.url + path))
      await watch.stage.waitFor()
      return watch
    },
  }
}
