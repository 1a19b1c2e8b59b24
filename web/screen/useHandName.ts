import { useI18n } from 'vue-i18n'
import type { PublicHand } from '../../shared/floor.ts'

/** How the hall is told whose hand it is: by name, or by number while there is none. */
export function useHandName(): (hand: Pick<PublicHand, 'name' | 'number'>) => string {
  const { t } = useI18n()
  return ({ name, number }) => name ?? t('screen.speaker.hand', { n: number })
}
