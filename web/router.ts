import { createRouter, createWebHistory } from 'vue-router'
import type { Router, RouteRecordRaw } from 'vue-router'
import { withTexts } from './i18n/index.ts'
import { unattended } from './screen/unattended.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** The page uses the window's whole width and brings its own end: no footer. */
    wide?: boolean
    /** The page is all that is seen: no header, no footer, no bar about the connection. */
    bare?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./sessions/HomePage.vue') },
  { path: '/sessions/new', name: 'new', component: withTexts(['edit', 'links'], () => import('./sessions/EditPage.vue')) },
  { path: '/s/:id', name: 'watch', component: () => import('./watch/WatchPage.vue'), props: true, meta: { wide: true } },
  { path: '/s/:id/desk', name: 'desk', component: withTexts(['agenda', 'agendaDesk', 'cutting', 'desk', 'links', 'stage', 'polls', 'pollDesk', 'spot', 'spotDesk'], () => import('./desk/DeskPage.vue')), props: true, meta: { wide: true } },
  { path: '/s/:id/stage', name: 'stage', component: withTexts(['cutting', 'stage'], () => import('./stage/StagePage.vue')), props: true, meta: { wide: true } },
  { path: '/s/:id/screen', name: 'screen', component: unattended(withTexts(['agenda', 'screen'], () => import('./screen/ScreenPage.vue'))), props: true, meta: { bare: true } },
  { path: '/s/:id/agenda', name: 'agenda', component: withTexts(['agenda', 'agendaDesk'], () => import('./agenda/AgendaPage.vue')), props: true },
  { path: '/s/:id/attendance', name: 'attendance', component: withTexts(['attendance', 'links'], () => import('./attendance/AttendancePage.vue')), props: true },
  { path: '/s/:id/cards', name: 'cards', component: withTexts(['attendance'], () => import('./attendance/CardsPage.vue')), props: true },
  { path: '/s/:id/seats', name: 'seats', component: withTexts(['attendance'], () => import('./attendance/SeatsPage.vue')), props: true },
  { path: '/s/:id/invitation', name: 'invitation', component: withTexts(['attendance'], () => import('./attendance/InvitationPage.vue')), props: true },
  { path: '/s/:id/hall', name: 'hall', component: withTexts(['attendance'], () => import('./attendance/HallPage.vue')), props: true, meta: { wide: true } },
  { path: '/s/:id/edit', name: 'edit', component: withTexts(['edit', 'links'], () => import('./sessions/EditPage.vue')), props: true },
  { path: '/s/:id/records', name: 'records', component: withTexts(['spot', 'spotDesk'], () => import('./spot/desk/RecordsPage.vue')), props: true },
  { path: '/s/:id/ledger', name: 'ledger', component: withTexts(['ledger', 'spot'], () => import('./ledger/LedgerPage.vue')), props: true },
  { path: '/s/:id/summary', name: 'summary', component: withTexts(['ledger', 'spot'], () => import('./ledger/SummaryPage.vue')), props: true },
  { path: '/embed/:id', name: 'embed', component: withTexts(['agenda', 'embed'], () => import('./embed/EmbedPage.vue')), props: true, meta: { wide: true, bare: true } },
  { path: '/q/:receipt', name: 'fate', component: withTexts(['fate', 'spot'], () => import('./questions/FatePage.vue')), props: true },
  { path: '/in/:token', name: 'open-link', component: withTexts(['account'], () => import('./accounts/OpenLinkPage.vue')), props: true },
  { path: '/sign-in', name: 'sign-in', component: withTexts(['account'], () => import('./accounts/SignInPage.vue')) },
  { path: '/setup', name: 'setup', component: withTexts(['account'], () => import('./accounts/SetupPage.vue')) },
  { path: '/invite/:token', name: 'invite', component: withTexts(['account'], () => import('./accounts/InvitePage.vue')), props: true },
  { path: '/account', name: 'account', component: withTexts(['account'], () => import('./accounts/AccountPage.vue')) },
  { path: '/me', name: 'me', component: withTexts(['residents'], () => import('./residents/MePage.vue')) },
  { path: '/privacy', name: 'privacy', component: withTexts(['residents'], () => import('./residents/PrivacyPage.vue')) },
  { path: '/admin/:section?', name: 'admin', component: withTexts(['admin'], () => import('./admin/AdminPage.vue')), props: true },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./ui/NotFoundPage.vue') },
]

/** Every page is a chunk of its own and gets its parameters as props (`id`, `receipt`). */
export function createPages(): Router {
  return createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
  })
}
