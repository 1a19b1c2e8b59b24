import { may } from '../../shared/rules/permissions.ts'
import { BULK_ACTIONS } from './rules/actions.ts'
import type { BulkAction } from './rules/actions.ts'
import type { Column } from './rules/columns.ts'
import type { CardCommand, Command, DeskAction } from './rules/shortcuts.ts'
import type { Desk } from './useDesk.ts'

/** What the desk's parts do on a command. */
export type CommandTargets = { /** After the selection moved to another column. */ follow(): void; showNew(column: Column): void; focusFilter(): void }

const isBulk = (action: string): action is BulkAction => (BULK_ACTIONS as readonly string[]).includes(action)

/** Carries out what a key asks for: with all that is marked, else with the selected question. */
export function useCommands(desk: Desk, say: (key: string) => string, targets: CommandTargets): (command: Command) => void {
  const { selection, marks } = desk

  function withCard(command: DeskAction | CardCommand) {
    const place = selection.selection.value
    const question = place === null ? undefined : desk.desk().get(place.id)
    if (!place || !question) return desk.outcome.say(say('desk.act.select'))
    if (command === 'details') desk.details.value = question.id
    else if (command !== 'mark') desk.run(question, command)
    else if (desk.mayMark.value && place.column !== 'asking') marks.toggle(place.column, question.id, false)
  }

  return (command) => {
    switch (command) {
      case 'next':
        return selection.next()
      case 'previous':
        return selection.previous()
      case 'first':
        return selection.first()
      case 'last':
        return selection.last()
      case 'column_left':
        selection.left()
        return targets.follow()
      case 'column_right':
        selection.right()
        return targets.follow()
      case 'show_new':
        return targets.showNew(selection.selection.value?.column ?? 'pending')
      case 'filter':
        return targets.focusFilter()
      case 'mark_all':
        if (desk.mayMark.value) marks.all(marks.marks.value?.column ?? selection.selection.value?.column ?? 'pending')
        return
      case 'unmark':
        return marks.clear()
      case 'undo':
        return desk.undo()
      case 'offline':
        if (may(desk.actor.value, 'question.intake')) desk.tool.value = 'offline'
        return
      case 'help':
        desk.tool.value = 'help'
        return
      default:
        if (marks.marks.value && isBulk(command)) desk.runMarked(command)
        else withCard(command)
    }
  }
}
