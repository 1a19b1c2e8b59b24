import { useI18n } from 'vue-i18n'

/** Who did something, as it was written down: a name, or in the reader's language the role of somebody without one; call in `setup`. */
export function useNameOf() {
  const { t, te } = useI18n()
  return (by: string): string => (/^\w+$/.test(by) && te(`term.role.${by}`) ? t(`term.role.${by}`) : by)
}
