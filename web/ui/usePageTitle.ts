import { inject, onScopeDispose, toValue, watchEffect } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import { siteKey } from '../site/useSite.ts'

/** Names the document while the component lives: “title · 某县访谈”, or the site alone while the title is not known yet (null). */
export function usePageTitle(title: MaybeRefOrGetter<string | null>) {
  const { t } = useI18n()
  const site = inject(siteKey, null)
  const siteName = () => site?.site.value?.name || t('ui.product')
  watchEffect(() => {
    const own = toValue(title)
    document.title = own ? `${own} · ${siteName()}` : siteName()
  })
  onScopeDispose(() => (document.title = siteName()))
}
