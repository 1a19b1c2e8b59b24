import { inject, shallowReadonly, shallowRef } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'

export type ConfirmOptions = {
  title: string
  detail?: string
  /** What the button that goes on says: the deed itself, as in “End the session”. */
  confirmLabel: string
  cancelLabel?: string
  /** Cannot be taken back, or takes something away. */
  danger?: boolean
}

export type Confirm = {
  current: Readonly<ShallowRef<ConfirmOptions | null>>
  /** Asks the reader; false when they decline, close the dialog, or another question comes first. */
  ask(options: ConfirmOptions): Promise<boolean>
  settle(agreed: boolean): void
}

/** The application's one dialog for “are you sure”. ConfirmDialog.vue shows what is current. */
export function createConfirm(): Confirm {
  const current = shallowRef<ConfirmOptions | null>(null)
  let resolve: ((agreed: boolean) => void) | null = null

  function settle(agreed: boolean) {
    current.value = null
    resolve?.(agreed)
    resolve = null
  }

  return {
    current: shallowReadonly(current),
    ask(options) {
      settle(false)
      current.value = options
      return new Promise((settled) => (resolve = settled))
    },
    settle,
  }
}

export const confirmKey: InjectionKey<Confirm> = Symbol('confirm')

/** Ask before what cannot be taken back; call in `setup`. */
export function useConfirm(): Confirm['ask'] {
  const confirm = inject(confirmKey)
  if (!confirm) throw new Error('No confirm dialog was provided')
  return confirm.ask
}
