import { createSharedComposable } from '@vueuse/core'
import { computed, readonly, ref } from 'vue'
import type { Ref } from 'vue'
import { useGate } from '../residents/gate.ts'
import type { Gate } from '../residents/gate.ts'
import { browserStorage } from '../ui/browserStorage.ts'
import { startPush, stopPush } from './push.ts'

/** `unsupported`: this browser shows no notifications here. `blocked`: forbidden in its settings, and only there to be allowed again. */
type ReminderState = 'unsupported' | 'blocked' | 'off' | 'on'

const STORAGE_KEY = 'fangtan.remind'
const storage = browserStorage()

const supported = () => 'Notification' in window && window.isSecureContext

export type Reminders = {
  state: Readonly<Ref<ReminderState>>
  /** Whether the server can tell this device while the page is closed; null while that is being found out. */
  pushed: Readonly<Ref<boolean | null>>
  turnOn: (locale: 'zh-CN' | 'en') => Promise<void>
  turnOff: () => Promise<void>
  /** Says again, after a reload or in another language, where this device is to be told. */
  renew: (locale: 'zh-CN' | 'en') => Promise<void>
  /** Shows a notification of the system's own, when it was allowed and the server does not do so. */
  show: (title: string, options: { body: string; tag: string }) => Promise<void>
}

function createReminders(): Reminders {
  const gate = useGate()
  const permission = ref<NotificationPermission>(supported() ? Notification.permission : 'denied')
  const wanted = ref(storage?.getItem(STORAGE_KEY) === '1')
  const pushed = ref<boolean | null>(null)
  const state = computed<ReminderState>(() => {
    if (!supported()) return 'unsupported'
    if (permission.value === 'denied') return 'blocked'
    return wanted.value && permission.value === 'granted' ? 'on' : 'off'
  })

  function want(on: boolean) {
    wanted.value = on
    if (on) storage?.setItem(STORAGE_KEY, '1')
    else storage?.removeItem(STORAGE_KEY)
  }

  async function start(locale: 'zh-CN' | 'en', through: Gate['through']) {
    if (state.value !== 'on') return
    const can = await startPush(locale, through)
    // Switched off meanwhile: the other direction has the last word.
    if (state.value === 'on') pushed.value = can
    else if (can) await stopPush()
  }

  return {
    state,
    pushed: readonly(pushed),
    // Nobody asked for anything just now: nobody is asked.
    renew: (locale) => start(locale, (act) => act()),
    async turnOn(locale) {
      if (!supported()) return
      permission.value = await Notification.requestPermission()
      if (permission.value !== 'granted') return
      want(true)
      pushed.value = null
      await start(locale, gate.through)
    },
    async turnOff() {
      want(false)
      pushed.value = null
      await stopPush()
    },
    async show(title, options) {
      if (state.value !== 'on' || pushed.value === true) return
      const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
      // Phones show notifications through a service worker only.
      if (registration?.active) await registration.showNotification(title, { ...options, icon: '/icon.svg' }).catch(() => undefined)
      else {
        try {
          const shown = new Notification(title, options)
          shown.onclick = () => {
            window.focus()
            shown.close()
          }
        } catch {
          // A phone without the service worker: the notice stands on the page.
        }
      }
    },
  }
}

/** The switch for reminders, one for all who show it: the permission belongs to the whole site. */
export const useReminders = createSharedComposable(createReminders)
