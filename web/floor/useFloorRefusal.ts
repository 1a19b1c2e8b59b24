import { useI18n } from 'vue-i18n'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'

/** Why something on the floor was refused, in the reader's language; call in `setup`. */
export function useFloorRefusal(): (refusal: Refusal) => string {
  const { t, te } = useI18n()
  const { refusalText } = useRefusalText()
  return (refusal) => (te(`floor.refused.${refusal.code}`) ? t(`floor.refused.${refusal.code}`) : refusalText(refusal))
}
