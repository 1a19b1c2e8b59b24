import { computed, onScopeDispose, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { PrivacyNotice } from '../../shared/site.ts'
import { getJson } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'
import { noticeParts } from './notice.ts'

/** The published privacy notice, in the reader's language where it has one. Fetches it at once. */
export function useNotice() {
  const { locale } = useI18n()
  const notice = shallowRef<PrivacyNotice | null>(null)
  const error = shallowRef<Refusal | null>(null)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function load(): Promise<void> {
    error.value = null
    try {
      const fetched = await getJson<PrivacyNotice>('/api/site/privacy')
      if (!gone) notice.value = fetched
    } catch (thrown) {
      if (!gone) error.value = refusalOf(thrown)
    }
  }
  void load()

  const text = computed(() => (notice.value && locale.value === 'en' && notice.value.text.en !== '' ? notice.value.text.en : notice.value?.text['zh-CN']) ?? '')
  return {
    notice,
    error,
    load,
    parts: computed(() => noticeParts(text.value)),
    /** Language of `parts`, where it is not the page's. */
    lang: computed(() => (locale.value === 'en' && notice.value?.text.en === '' ? 'zh-CN' : undefined)),
  }
}
