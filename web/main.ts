import ui from '@nuxt/ui/vue-plugin'
import { createApp } from 'vue'
import type { Me } from '../shared/accounts.ts'
import type { SiteView } from '../shared/site.ts'
import type { Department } from '../shared/departments.ts'
import { createIdentity, identityKey } from './accounts/identity.ts'
import { createMe, meKey } from './accounts/useMe.ts'
import App from './App.vue'
import { createDepartments, departmentsKey } from './departments/useDepartments.ts'
import { i18n, startLocale } from './i18n/index.ts'
import { getJson } from './net/http.ts'
import { createOutbox, outboxKey } from './net/outbox.ts'
import { connectionKey, createConnection } from './net/socket.ts'
import { createGate, gateKey, gated } from './residents/gate.ts'
import { createPages } from './router.ts'
import { createSite, siteKey } from './site/useSite.ts'
import './style.css'
import { browserStorage } from './ui/browserStorage.ts'
import { confirmKey, createConfirm } from './ui/useConfirm.ts'
import { followWithFocus } from './ui/pageFocus.ts'
import { reloadStaleChunks } from './ui/staleChunks.ts'

// Cookies do not reach another site's frame: nobody may be asked for one before that is known.
const frame = /^\/embed\//i.test(location.pathname) ? (await import('./embed/frame.ts')).openFrame() : null

const me = createMe(frame?.fetchMe ?? (() => getJson<Me>('/api/me')))
const gate = createGate()
const connection = gated(createConnection({ identity: me.ready, renewIdentity: me.refresh }), gate)
const identity = createIdentity({ me, connection, tabs: 'BroadcastChannel' in window && !frame ? new BroadcastChannel('fangtan.identity') : null })
const outbox = createOutbox({ connection, storage: browserStorage() })
// Not before this browser has its identity: two first requests would be given two.
const site = createSite(() => me.ready.then(() => getJson<SiteView>('/api/site')), browserStorage())
const router = createPages()
frame?.hold(router)
followWithFocus(router)
reloadStaleChunks(router)

await startLocale()

createApp(App)
  .use(router)
  .use(i18n)
  .use(ui)
  .provide(meKey, me)
  .provide(identityKey, identity)
  .provide(siteKey, site)
  .provide(gateKey, gate)
  .provide(departmentsKey, createDepartments(() => getJson<Department[]>('/api/departments')))
  .provide(connectionKey, connection)
  .provide(outboxKey, outbox)
  .provide(confirmKey, createConfirm())
  .mount('#app')
