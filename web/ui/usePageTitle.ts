import { onScopeDispose, toValue, watchEffect } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'

/** Names the document while the component lives: “title · 访谈”, or the product alone while the title is not known yet (null). */
export function usePageTitle(title: MaybeRefOrGetter<string | null>) {
  const { t } = useI18n()
  watchEffect(() => {
    const own = toValue(title)
    document.title = own ? `${own} · ${t('ui.product')}` : t('ui.product')
  })
  onScopeDispose(() => (document.title = t('ui.product')))
}
