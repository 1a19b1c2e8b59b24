declare module 'virtual:messages/*' {
  import type { MessageTree } from './merge.ts'

  const messages: MessageTree
  export default messages
}
