/**
 * What a text is compared by. Chinese is written without spaces, so every character and every pair of neighbours is a feature; pairs carry the meaning, single
 * characters tie together what is worded differently (加装电梯, 装个电梯). Latin letters and digits count as words, and long words also by their triples, so that
 * "elevators" is near "elevator".
 */
export type Features = Map<string, number>

const SINGLE = 0.6
const PAIR = 1
const WORD = 1
const TRIPLE = 0.3

/** Words that ask, greet or join, and say nothing of the matter. A boundary takes their place, so that no pair is made of what stood around them. Longest first. */
const EMPTY_WORDS = [
  ...['请问一下', '想问一下', '咨询一下', '能不能够', '什么时候', '为什么', '怎么办', '怎么样', '是不是', '能不能', '可不可以', '有没有', '多少钱', '尊敬的', '不知道'],
  ...['请问', '咨询', '想问', '询问', '您好', '你好', '领导', '局长', '县长', '书记', '怎么', '怎样', '如何', '什么', '哪里', '哪些', '哪个', '多久', '多少', '几时', '何时', '是否', '能否', '可否'],
  ...['可以', '需要', '应该', '我们', '你们', '他们', '我家', '现在', '目前', '一直', '已经', '就是', '但是', '因为', '所以', '如果', '关于', '希望', '谢谢', '还是', '还有', '这个', '那个', '一下', '一个', '进行', '问题'],
  ...['吗', '呢', '吧', '啊', '呀', '的', '了', '是', '在', '有', '与', '或', '及', '就', '都', '也', '又', '很', '把', '让', '我', '你', '您', '他', '她', '它', '这', '那', '嘛', '哦'],
]
const EMPTY = new RegExp(EMPTY_WORDS.join('|'), 'gu')
const EMPTY_LATIN = new Set(
  'a an the of to in on at for from by with and or but is are was were be been am do does did can could will would shall should may might must have has had i we you they he she it my our your their me us this that these those there here what when where why who how which if not no yes please so as about any some'.split(' '),
)

const HAN = /\p{Script=Han}+/gu
const LATIN = /[\p{Script=Latin}\p{N}]+/gu
/** Other scripts are treated as Chinese is: their writers are few here, and pairs serve all of them. */
const OTHER = /(?:(?![\p{Script=Han}\p{Script=Latin}\p{N}])\p{L})+/gu

const add = (features: Features, feature: string, weight: number): void => void features.set(feature, (features.get(feature) ?? 0) + weight)

function addRun(features: Features, run: string): void {
  const characters = [...run]
  for (const [index, character] of characters.entries()) {
    add(features, character, SINGLE)
    const next = characters[index + 1]
    if (next !== undefined) add(features, character + next, PAIR)
  }
}

function addWord(features: Features, word: string): void {
  if (EMPTY_LATIN.has(word)) return
  add(features, word, WORD)
  if (word.length < 5) return
  for (let start = 0; start + 3 <= word.length; start++) add(features, `~${word.slice(start, start + 3)}`, TRIPLE)
}

/** The features of `text` with their weights, before it is known how common each is. Case, width, punctuation and empty words do not matter. */
export function featuresOf(text: string): Features {
  const plain = text.normalize('NFKC').toLowerCase()
  const features: Features = new Map()
  for (const [run] of plain.matchAll(HAN)) for (const piece of run.split(EMPTY)) if (piece !== '') addRun(features, piece)
  for (const [word] of plain.matchAll(LATIN)) addWord(features, word)
  for (const [run] of plain.matchAll(OTHER)) addRun(features, run)
  // Nothing but empty words: better compared by those than not at all.
  if (features.size === 0) for (const [run] of plain.matchAll(HAN)) addRun(features, run)
  return features
}

/** How much a feature says that `holders` of `all` texts have: little when many have it. */
export const rarity = (holders: number, all: number): number => Math.log(1 + (all + 1) / (holders + 1))

/** A score below this is chance. */
export const THRESHOLD = 0.2
/** How many similar questions are shown. */
export const SHOWN = 5
