import { onMounted, onUnmounted } from 'vue'

/** A camera page is dark whatever the reader's theme is: a white page lights faces and spoils the picture's contrast. Put back when the page is left. */
export function useDarkPage() {
  const root = document.documentElement
  const light = !root.classList.contains('dark')
  onMounted(() => {
    root.classList.remove('light')
    root.classList.add('dark')
  })
  onUnmounted(() => {
    if (!light) return
    root.classList.remove('dark')
    root.classList.add('light')
  })
}
