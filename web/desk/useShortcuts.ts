import { useEventListener, useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'
import { commandFor } from './rules/shortcuts.ts'
import type { Command } from './rules/shortcuts.ts'

const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])'
const COVERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'

/** Whether single letters act as shortcuts, remembered in this browser. */
export function useLettersEnabled(): Ref<boolean> {
  return useLocalStorage('fangtan.desk.letters', true)
}

/** Listens for the desk's keys as long as the component lives. */
export function useShortcuts(run: (command: Command) => void, lettersEnabled: Readonly<Ref<boolean>>) {
  useEventListener(document, 'keydown', (event) => {
    if (event.defaultPrevented || !(event.target instanceof Element)) return
    const command = commandFor(event, {
      typing: event.target.closest(FIELDS) !== null,
      covered: document.querySelector(COVERS) !== null,
      onControl: event.target.closest('button, a, summary') !== null,
      onCard: event.target.closest('[data-desk-card]') !== null,
      lettersEnabled: lettersEnabled.value,
    })
    if (!command) return
    event.preventDefault()
    run(command)
  })
}
