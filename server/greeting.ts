import { OPERATOR } from './accounts/operator.ts'
import type { App } from './app.ts'
import type { Config } from './config.ts'
import { seedDemonstration } from './demonstration.ts'

/**
 * What the person at the terminal is told after the start. The links are secrets: they are printed, never logged. In production nobody runs the place by a link;
 * whoever held one from before, when it was not, loses it here, and as long as there is no administrator, the address of the set-up page is shown.
 */
export async function greeting(app: App, config: Config): Promise<string> {
  const { operator, links, staff } = app.core
  await (config.production ? operator.refuse() : operator.allow())
  const shown = [`Fangtan  ${config.publicUrl}`]
  const setup = config.production ? await staff.setup.address() : null
  if (setup) shown.push(`  设置 set up  ${setup}`)
  const demonstration = config.demonstration ? await seedDemonstration(app, config) : null
  if (demonstration) shown.push('', `  网友 resident  ${demonstration.resident}`, `  主持 host      ${demonstration.host}`, `  嘉宾 guest     ${demonstration.guest}`)
  else if (!config.production) shown.push(`  主持 host      ${await links.address(OPERATOR[0].id)}`)
  return `\n${shown.join('\n')}\n\n`
}
