import { onMounted, onScopeDispose } from 'vue'

/** While the component lives, paper is A4 upright and printed up to its edges. A rule that went with the page's styles would stay for the pages after it. */
export function useWholeSheet() {
  const style = document.createElement('style')
  style.textContent = '@page { size: A4 portrait; margin: 0 }'
  onMounted(() => document.head.append(style))
  onScopeDispose(() => style.remove())
}
