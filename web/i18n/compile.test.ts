import { expect, it } from 'vitest'
import { compileMessages } from './compile.ts'

it('makes a function of each text', () => {
  const source = compileMessages({ a: { plain: '说"好"', gap: '第 {n} 号，{who}', only: '{n}{n}' } })
  expect(source).toBe('export default {"a":{"plain":()=>"说\\"好\\"","gap":({named:n})=>"第 "+n("n")+" 号，"+n("who"),"only":({named:n})=>""+n("n")+n("n")}}')
})

it('lets vue-i18n choose among plural forms', () => {
  expect(compileMessages({ votes: 'no votes | {n} vote | {n} votes' })).toBe('export default {"votes":({named:n,plural:p})=>p(["no votes",""+n("n")+" vote",""+n("n")+" votes"])}')
})

it.each(['@:common.save', 'a|b', "{'字'}", '{ n }'])('does not let %s pass for something it is not', (text) => {
  expect(() => compileMessages({ text })).toThrow(text)
})
