import { useI18n } from 'vue-i18n'

/** Who did something, as colleagues are told: their name, or the role's where the server only knows that; call in `setup`. */
export function useNameOf(): (by: string) => string {
  const { t, te } = useI18n()
  return (by) => (te(`term.role.${by}`) ? t(`term.role.${by}`) : by)
}
