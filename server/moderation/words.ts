/** The installation's list until somebody replaces it: the commonest advertising and fraud. What it finds only waits for review. */
export const DEFAULT_WORDS: readonly string[] = ['加微信', '加薇信', '代开发票', '办证刻章', '网上兼职', '日赚千元', '刷单返利', '低息贷款', '无抵押贷款', '博彩', '六合彩', '澳门赌场', '裸聊', '点击领取', '扫码领红包']

/** `text` as words are looked for in it: width, case, spaces and signs make no difference, since they are what a word is hidden with. */
function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/** What is to be found, made ready once. A word of signs alone finds nothing. */
export function prepareWords(words: readonly string[]): string[] {
  return [...new Set(words.map(normalise))].filter((word) => word !== '')
}

/** Whether one of `prepared` (see {@link prepareWords}) stands in one of `texts`. */
export function findsWord(prepared: readonly string[], texts: readonly string[]): boolean {
  const normalised = texts.map(normalise)
  return prepared.some((word) => normalised.some((text) => text.includes(word)))
}

/** The list as it is kept: in the order given, nothing twice. */
export function distinctWords(words: readonly string[]): string[] {
  const seen = new Set<string>()
  return words.filter((word) => {
    const key = normalise(word)
    return key !== '' && !seen.has(key) && seen.add(key)
  })
}
