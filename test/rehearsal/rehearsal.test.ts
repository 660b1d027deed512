import { beforeAll, describe } from 'vitest'
import { type Deployed, deployed } from './deployed.ts'
import { dashboardFacts } from './facts/dashboard.ts'
import { deployedFacts } from './facts/deployed.ts'
import { frontFacts } from './facts/front.ts'
import { networkFacts } from './facts/network.ts'
import { quotaFacts } from './facts/quotas.ts'
import { operatorFacts } from './facts/operator.ts'
import { rightsFacts } from './facts/rights.ts'
import { sdkUseFacts } from './facts/sdk-use.ts'
import { serviceFacts } from './facts/services.ts'
import { webFacts } from './facts/web.ts'
import { findSdkUse, type SdkUse } from './sdk-use.ts'

// All in one file, since the search for commands takes some seconds.
describe('prod', () => {
  let prod: Deployed
  let use: ReadonlyMap<string, SdkUse>
  beforeAll(async () => {
    prod = await deployed('prod')
    use = await findSdkUse(prod.functions())
  }, 180_000)
  deployedFacts(() => prod)
  sdkUseFacts(
    () => prod,
    () => use,
  )
  rightsFacts(
    () => prod,
    () => use,
  )
  serviceFacts(() => prod)
  networkFacts(
    () => prod,
    () => use,
  )
  quotaFacts(() => prod)
  dashboardFacts(() => prod)
  operatorFacts(() => prod)
  frontFacts(() => prod)
  webFacts(() => prod)
})
