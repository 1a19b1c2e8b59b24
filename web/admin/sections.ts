import { defineAsyncComponent } from 'vue'
import type { Component } from 'vue'
import type { Permission } from '../../shared/rules/permissions.ts'
import SectionFailed from './SectionFailed.vue'
import SectionLoading from './SectionLoading.vue'

export const SECTION_GROUPS = ['people', 'sessions', 'site', 'system'] as const

/** `id` stands in the address (/admin/<id>) and names its texts: `admin.<id>.title` (the page's heading, made by the shell) and `.summary` (one line in the list). */
export type Section = { id: string; group: (typeof SECTION_GROUPS)[number]; icon: string; needs: Permission; component: Component }

/** A component that is fetched when its section is opened. */
const later = (loader: () => Promise<Component>) => defineAsyncComponent({ loader, loadingComponent: SectionLoading, errorComponent: SectionFailed })

/** All sections, in the order in which they are listed. Whoever lacks the permission is not shown one. */
export const SECTIONS: readonly Section[] = [
  { id: 'people', group: 'people', icon: 'i-lucide-users', needs: 'people.manage', component: later(() => import('./people/PeopleSection.vue')) },
  { id: 'departments', group: 'people', icon: 'i-lucide-landmark', needs: 'departments.manage', component: later(() => import('./departments/DepartmentsSection.vue')) },
  { id: 'forums', group: 'people', icon: 'i-lucide-messages-square', needs: 'forums.manage', component: later(() => import('./forums/ForumsSection.vue')) },
  { id: 'permissions', group: 'people', icon: 'i-lucide-key-round', needs: 'sessions.oversee', component: later(() => import('./permissions/PermissionsSection.vue')) },
  { id: 'security', group: 'people', icon: 'i-lucide-shield-check', needs: 'settings.manage', component: later(() => import('./security/SecuritySection.vue')) },
  { id: 'sessions', group: 'sessions', icon: 'i-lucide-radio-tower', needs: 'sessions.oversee', component: later(() => import('./sessions/SessionsSection.vue')) },
  { id: 'audit', group: 'sessions', icon: 'i-lucide-scroll-text', needs: 'audit.view', component: later(() => import('./audit/AuditSection.vue')) },
  { id: 'lookups', group: 'sessions', icon: 'i-lucide-search-check', needs: 'identity.look_up', component: later(() => import('./lookups/LookUpsSection.vue')) },
  { id: 'branding', group: 'site', icon: 'i-lucide-palette', needs: 'settings.manage', component: later(() => import('./branding/BrandingSection.vue')) },
  { id: 'privacy', group: 'site', icon: 'i-lucide-file-lock', needs: 'settings.manage', component: later(() => import('./privacy/PrivacySection.vue')) },
  { id: 'identity', group: 'site', icon: 'i-lucide-fingerprint', needs: 'settings.manage', component: later(() => import('./identity/IdentitySection.vue')) },
  { id: 'words', group: 'site', icon: 'i-lucide-list-filter', needs: 'words.edit_all', component: later(() => import('./words/WordsSection.vue')) },
  { id: 'workdays', group: 'site', icon: 'i-lucide-calendar-days', needs: 'settings.manage', component: later(() => import('./workdays/WorkdaysSection.vue')) },
  { id: 'retention', group: 'site', icon: 'i-lucide-timer-reset', needs: 'settings.manage', component: later(() => import('./retention/RetentionSection.vue')) },
  { id: 'health', group: 'system', icon: 'i-lucide-activity', needs: 'system.view', component: later(() => import('./health/HealthSection.vue')) },
  { id: 'storage', group: 'system', icon: 'i-lucide-hard-drive', needs: 'system.view', component: later(() => import('./storage/StorageSection.vue')) },
  { id: 'work', group: 'system', icon: 'i-lucide-cog', needs: 'system.view', component: later(() => import('./work/WorkSection.vue')) },
  { id: 'webhooks', group: 'system', icon: 'i-lucide-webhook', needs: 'webhooks.manage', component: later(() => import('./webhooks/WebhooksSection.vue')) },
]
