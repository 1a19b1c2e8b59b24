import type { z } from 'zod'

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

/** A schema that gives exactly `T`, no less and no more: it does not compile otherwise. */
export const describes =
  <T>() =>
  <S extends z.ZodType>(schema: Same<z.output<S>, T> extends true ? S : never): S =>
    schema
