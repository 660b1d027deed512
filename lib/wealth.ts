import type { Construct } from 'constructs'
import { LedgerWork, type LedgerWorkProps } from './constructs/ledger-work.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { WealthSecrets } from './constructs/wealth-secrets.ts'

/**
 * The key of access tokens and credentials, the secret of Plaid, and the bucket of the work on ledgers. Jobs use them, so it comes before
 * the stack `operations`, and the stack `ledger` after that.
 */
export class WealthStack extends NesteggStack {
  readonly secrets: WealthSecrets
  readonly work: LedgerWork

  constructor(scope: Construct, id: string, props: LedgerWorkProps) {
    const { settings } = props
    super(scope, id, {
      settings,
      description: 'The key of access tokens and credentials, the secret of Plaid, the bucket of the work on ledgers',
    })
    this.secrets = new WealthSecrets(this, 'Secrets', { settings })
    this.work = new LedgerWork(this, 'LedgerWork', props)
    this.exportValues(...this.secrets.exported, ...this.work.exported)
  }
}
