import { watchThrottled } from '@vueuse/core'
import { computed, reactive, shallowReactive, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { DeskQuestion } from '../../shared/questions.ts'
import { EMPTY, arrange } from './rules/arrange.ts'
import type { Arrangement, Hold } from './rules/arrange.ts'
import { COLUMNS, columnOf, sortIntoColumns } from './rules/columns.ts'
import type { Column, Columns } from './rules/columns.ts'
import type { Board } from './rules/selection.ts'

/** Milliseconds between two rounds of sorting: a burst of a hundred changes costs a few rounds, and nobody reads faster. */
const SORT_INTERVAL = 100

export type Whereabouts = Column | 'merged' | 'gone'

/** One card to draw. `left`: others have moved the question away while a hand was on this column, it only keeps its place; says where it is now. */
export type Card = { question: DeskQuestion; left: Whereabouts | null }

export type ColumnView = {
  cards: Card[]
  /** How many wait to be let in, of those that pass the filter. */
  waiting: number
  outOfOrder: boolean
  /** How many belong to the column, shown or waiting, whatever the filter. */
  total: number
}

/** What is on air is never filtered away. */
const always = () => true

/**
 * What stands in each column right now, held still while somebody reads or reaches for it.
 * @param passes what the filter lets through
 * @param own ids that this person has just moved
 * @param approve puts the approved questions into another order than by votes
 */
export function useBoard(
  desk: () => ReadonlyMap<string, DeskQuestion>,
  passes: () => (question: DeskQuestion) => boolean,
  own: ReadonlySet<string>,
  approve: () => ((columns: Columns) => DeskQuestion[]) | undefined = () => undefined,
) {
  const sorted = computed<Columns>(() => sortIntoColumns(desk().values(), approve()))
  // Shallow: a thousand questions behind deep proxies cost more than all the rest of the desk.
  const columns = shallowRef(sorted.value)
  watchThrottled(sorted, (now) => (columns.value = now), { throttle: SORT_INTERVAL })
  const arrangements = shallowReactive<Record<Column, Arrangement>>({ pending: EMPTY, approved: EMPTY, asking: EMPTY, answered: EMPTY, declined: EMPTY })
  const holds = reactive<Record<Column, Hold>>({ pending: 'free', approved: 'free', asking: 'free', answered: 'free', declined: 'free' })
  /** As last seen on the desk: what keeps its place after it left must still be drawn. */
  const seen = new Map<string, DeskQuestion>()

  function rearrange(column: Column, hold: Hold) {
    const sorted = columns.value[column].map((question) => question.id)
    arrangements[column] = arrange(arrangements[column].shown, sorted, hold, own)
  }

  watch(
    columns,
    (now) => {
      for (const column of COLUMNS) {
        for (const question of now[column]) seen.set(question.id, question)
        rearrange(column, holds[column])
      }
    },
    { immediate: true },
  )

  function whereNow(id: string): Whereabouts {
    const question = desk().get(id)
    if (question?.state === 'merged') return 'merged'
    return (question && columnOf(question.state)) ?? 'gone'
  }

  function view(column: Column): ColumnView {
    const { shown, waiting, outOfOrder } = arrangements[column]
    const pass = column === 'asking' ? always : passes()
    const here = new Map(columns.value[column].map((question) => [question.id, question]))
    const cards = shown.flatMap((id): Card[] => {
      const question = here.get(id) ?? seen.get(id)
      return question && pass(question) ? [{ question, left: here.has(id) ? null : whereNow(id) }] : []
    })
    const knocking = waiting.filter((id) => {
      const question = here.get(id)
      return question !== undefined && pass(question)
    })
    return { cards, waiting: knocking.length, outOfOrder, total: here.size }
  }

  const views: Record<Column, ComputedRef<ColumnView>> = {
    pending: computed(() => view('pending')),
    approved: computed(() => view('approved')),
    asking: computed(() => view('asking')),
    answered: computed(() => view('answered')),
    declined: computed(() => view('declined')),
  }

  /** Cards that can be selected: everything drawn but what only keeps its place. */
  const board = computed<Board>(() => {
    const ids = (column: Column) => views[column].value.cards.filter((card) => card.left === null).map((card) => card.question.id)
    return { pending: ids('pending'), approved: ids('approved'), asking: ids('asking'), answered: ids('answered'), declined: ids('declined') }
  })

  return {
    columns,
    views,
    board,
    hold(column: Column, hold: Hold) {
      holds[column] = hold
      rearrange(column, hold)
    },
    /** Lets what has left the column go, as the person moves on themselves. */
    settle(column: Column) {
      if (holds[column] === 'hands') rearrange(column, 'scrolled')
    },
    /** Lets in what waits, in the right order. */
    release(column: Column) {
      rearrange(column, 'free')
    },
  }
}

export type DeskBoard = ReturnType<typeof useBoard>
