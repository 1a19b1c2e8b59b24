import { countCharacters } from './text.ts'

/** Why a password can be guessed. */
export type PasswordWeakness = 'too_short' | 'names_you' | 'common' | 'run' | 'repetition'

/** Characters as a reader counts them. */
export const PASSWORD_LENGTH = 10

/** Words that lists of stolen passwords are full of, alone or with figures and signs around them. */
const COMMON = new Set([
  'password', 'passwort', 'passwd', 'passw', 'pass', 'qwerty', 'qwertyuiop', 'admin', 'administrator', 'root', 'user', 'guest', 'test', 'testtest', 'welcome', 'letmein', 'iloveyou', 'monkey', 'dragon',
  'football', 'baseball', 'sunshine', 'princess', 'superman', 'master', 'shadow', 'login', 'hello', 'secret', 'changeme', 'default', 'system', 'office', 'server', 'computer', 'internet', 'trustnoone',
  'abc', 'abcabc', 'aaa', 'asd', 'zxc', 'qwe', 'asdasd', 'qweasd', 'qweasdzxc', 'qazwsx', 'asdfgh', 'zxcvbn',
  'woaini', 'woaiwojia', 'woaizhongguo', 'nihao', 'zhongguo', 'china', 'beijing', 'mima', 'wodemima', 'guanliyuan', 'taobao', 'weixin', 'tencent', 'alipay', 'wangyi', 'zhang', 'wang', 'chen',
  'fangtan', 'xinfang', 'zhengfu', 'zhengwu', 'xianwei', 'xianzhengfu', '管理员', '密码', '我的密码', '访谈', '我爱你', '中国',
])

/** Signs that stand for letters. */
const LOOKALIKES: Record<string, string> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', '$': 's', '5': 's', '7': 't' }

/** Keys and letters in an order that fingers know, in both directions. */
const ORDERS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm', '1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6u7i8o9p0', '!@#$%^&*()']
const PAIRS = new Set(ORDERS.flatMap((order) => [order, [...order].toReversed().join('')]).flatMap((order) => [...order].slice(1).map((next, at) => `${[...order][at] ?? ''}${next}`)))

/** Characters that the one before does not give away; fewer of them are no secret, however long the runs between them. */
const SURPRISES = 5
const DISTINCT = 4

const folded = (text: string) => text.normalize('NFKC').toLowerCase()

function names(password: string, name: string): boolean {
  const plain = folded(name).replaceAll(/[\s·]/g, '')
  const telling = /\p{Script=Han}/u.test(plain) ? 2 : 3
  return plain.length >= telling && password.includes(plain)
}

/** What is left of a password without the figures and signs that people put around a word to please a rule. */
function core(password: string): string[] {
  const bare = password.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const signs = password.replaceAll(/^[^\p{L}@$!0-9]+|[\d!.,?#*_-]+$/gu, '')
  return [bare, ...[bare, signs].map((text) => [...text].map((sign) => LOOKALIKES[sign] ?? sign).join(''))]
}

/** Whether it is one piece several times, and the piece too short by itself. */
function repeats(characters: readonly string[]): boolean {
  const longest = Math.min(PASSWORD_LENGTH - 1, Math.floor(characters.length / 2))
  for (let period = 1; period <= longest; period++) {
    if (characters.every((character, at) => at < period || character === characters[at - period])) return true
  }
  return false
}

/** Why `password` is too easy to guess for the account of `owner`, or null. Page and server judge alike. */
export function passwordWeakness(password: string, owner: { username: string; name: string }): PasswordWeakness | null {
  if (countCharacters(password) < PASSWORD_LENGTH) return 'too_short'
  const plain = folded(password)
  if (names(plain, owner.username) || names(plain, owner.name)) return 'names_you'
  const characters = [...plain]
  if (new Set(characters).size < DISTINCT || repeats(characters)) return 'repetition'
  const surprises = characters.filter((character, at) => at === 0 || (character !== characters[at - 1] && !PAIRS.has(`${characters[at - 1] ?? ''}${character}`)))
  if (surprises.length < SURPRISES) return 'run'
  return core(plain).some((word) => COMMON.has(word)) ? 'common' : null
}
