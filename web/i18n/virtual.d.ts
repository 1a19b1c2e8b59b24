declare module 'virtual:messages/*' {
  const messages: import('./merge.ts').MessageTree
  export default messages
}
