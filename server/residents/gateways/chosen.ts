import type { Logger } from 'pino'
import type { Reach } from '../../deliveries/addresses.ts'
import type { SiteService } from '../../site/service.ts'
import { createConsoleGateway } from './console.ts'
import type { SmsGateway } from './gateway.ts'
import { createPostGateway } from './post.ts'

/** `print`: for the gateway that is the terminal. `reach`: where another may stand. */
export type GatewayChoice = { site: Pick<SiteService, 'identitySettings' | 'view'>; print: (line: string) => void; reach: Reach; now: () => Date; log: Logger }

/** The gateway that the installation's settings name now; null while none is set up. */
export const chosenGateway =
  (deps: GatewayChoice) =>
  async (): Promise<SmsGateway | null> => {
    const { site, print, reach, now, log } = deps
    const { sms } = await site.identitySettings()
    switch (sms.kind) {
      case 'off':
        return null
      case 'console':
        return createConsoleGateway(print)
      case 'http':
        return createPostGateway({ url: sms.url, secret: sms.secret, reach, now, log })
    }
  }
