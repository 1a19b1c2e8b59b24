import { expect, it } from 'vitest'
import { createAttendance } from './attendance.ts'

it('names the connections that a process no longer has', () => {
  const attendance = createAttendance()
  attendance.arrived('a', 'one', 0)
  attendance.arrived('b', 'one', 0)
  attendance.arrived('c', 'two', 0)
  expect(attendance.heard('one', ['b'], 10)).toEqual(['a'])
  attendance.left('a')
  expect(attendance.heard('one', ['b'], 20)).toEqual([])
})

it('names the connections of silent processes, never our own', () => {
  const attendance = createAttendance()
  attendance.arrived('own', 'me', 0)
  attendance.arrived('a', 'one', 0)
  attendance.arrived('b', 'two', 0)
  attendance.heard('two', ['b'], 100)
  expect(attendance.silent('me', 50)).toEqual(['a'])
  expect(attendance.silent('me', 101)).toEqual(['a', 'b'])
})

it('moves a connection that came back through another process', () => {
  const attendance = createAttendance()
  attendance.arrived('a', 'one', 0)
  attendance.arrived('a', 'two', 100)
  expect(attendance.silent('me', 50)).toEqual([])
})
