import { z } from 'zod'
import type { DueDate } from '../administration.ts'
import { describes } from './describes.ts'

const text = z.string()
const date = z.iso.date()

export const dueDateSchema = describes<DueDate>()(
  z.strictObject({
    from: date,
    due: date,
    days: z.array(z.strictObject({ date, working: z.boolean(), name: z.strictObject({ 'zh-CN': text, en: text }) })),
    provisional: z.boolean(),
  }),
)
