import { describe, expect, it } from 'vitest'
import { savePollSchema } from '../../shared/polls.ts'
import { draftOf, draftProblem, emptyDraft, saveRequest } from './draft.ts'
import type { PollDraft } from './draft.ts'

let last = 0
const newId = () => `00000000-0000-4000-8000-${String(++last).padStart(12, '0')}`
const filled = (over: Partial<PollDraft> = {}): PollDraft => {
  const draft = emptyDraft(newId)
  return { ...draft, title: '先修哪一段？', options: [...draft.options.map(({ id }, index) => ({ id, text: `第${index + 1}段` })), { id: newId(), text: '  ' }], ...over }
}

describe('a draft', () => {
  it('is saved in the form that the server takes, without lines left empty', () => {
    for (const kind of ['single', 'multiple', 'rating', 'words'] as const) {
      const draft = filled({ kind, maxChoices: 9 })
      expect(draftProblem(draft)).toBeNull()
      const request = saveRequest('abcdef1234', draft)
      expect(savePollSchema.safeParse(request).success).toBe(true)
      expect(request.options).toHaveLength(kind === 'single' || kind === 'multiple' ? 2 : 0)
      expect(request.maxChoices).toBe(kind === 'multiple' ? 2 : 1)
    }
  })

  it.each([
    [{ title: '  ' }, 'title'],
    [{ title: '长'.repeat(101) }, 'titleLong'],
    [{ options: [{ id: newId(), text: '一个' }] }, 'options'],
    [{ options: [{ id: newId(), text: '长'.repeat(41) }, { id: newId(), text: '短' }] }, 'optionLong'],
    [{ options: [{ id: newId(), text: '同样' }, { id: newId(), text: '同样 ' }] }, 'twice'],
  ] as const)('says what is missing: %#', (over, problem) => {
    expect(draftProblem(filled({ ...over, ...('options' in over ? { options: [...over.options] } : {}) }))).toBe(problem)
  })

  it('is taken up again with options to fill in', () => {
    const draft = draftOf({ id: newId(), number: 1, kind: 'rating', title: '满意吗？', options: [], maxChoices: 1, showResults: 'after', state: 'draft', openedAt: null, closedAt: null, version: 3, answers: 0, counts: {}, hidden: [] }, newId)
    expect(draft).toMatchObject({ version: 3, showResults: 'after', maxChoices: 2 })
    expect(draft.options).toHaveLength(2)
  })
})
