import { beforeAll, describe } from 'vitest'
import { environmentNames } from '../../lib/environments.ts'
import { auditAnchorFacts } from './facts/audit-anchors.ts'
import { backendFacts, trialFacts } from './facts/backends.ts'
import { backupBackendFacts, backupStoreFacts } from './facts/backup-store.ts'
import { retentionFacts } from './facts/retention.ts'
import { backupFacts, restoredBackupFacts } from './facts/backups.ts'
import { restoreTestingFacts } from './facts/restore-testing.ts'
import { barDropFacts } from './facts/bar-drop.ts'
import { ledgerWorkFacts } from './facts/ledger-work.ts'
import { budgetFacts } from './facts/budget.ts'
import { canaryFacts } from './facts/canary.ts'
import { connectionFacts } from './facts/connections.ts'
import { databaseFacts } from './facts/database.ts'
import { changeFacts, placeFacts } from './facts/deployment.ts'
import { frontFacts } from './facts/front.ts'
import { functionFacts } from './facts/functions.ts'
import { jobFacts } from './facts/jobs.ts'
import { limitFacts } from './facts/limits.ts'
import { networkFacts } from './facts/network.ts'
import { operatorFacts, trustFacts } from './facts/operator.ts'
import { protectionFacts } from './facts/protection.ts'
import { refusalFacts } from './facts/refusals.ts'
import { allAtOnceFacts, gradualReleaseFacts } from './facts/gradual-release.ts'
import { routeFacts } from './facts/routes.ts'
import { simulationFacts } from './facts/simulation.ts'
import { neededAcknowledgementFacts, validationFacts } from './facts/validation.ts'
import { environment } from './synthesized.ts'

// All in one file, since only the first synthesis of a process takes seconds.
describe.each(environmentNames)('%s', name => {
  const synthesized = () => environment(name)
  beforeAll(() => void synthesized())
  validationFacts(name, synthesized)
  placeFacts(name, synthesized)
  networkFacts(synthesized)
  databaseFacts(name, synthesized)
  connectionFacts(name, synthesized)
  backupFacts(name, synthesized)
  restoreTestingFacts(name, synthesized)
  budgetFacts(name, synthesized)
  canaryFacts(name, synthesized)
  routeFacts(name, synthesized)
  backendFacts(synthesized)
  jobFacts(name, synthesized)
  simulationFacts(synthesized)
  barDropFacts(synthesized)
  ledgerWorkFacts(synthesized)
  auditAnchorFacts(name, synthesized)
  backupStoreFacts(name, synthesized)
  retentionFacts(name, synthesized)
  operatorFacts(name, synthesized)
  functionFacts(name, synthesized)
  protectionFacts(name, synthesized)
  limitFacts(name, synthesized)
})
neededAcknowledgementFacts()
frontFacts()
changeFacts()
gradualReleaseFacts(() => environment('prod'))
allAtOnceFacts(() => environment('dev'))
restoredBackupFacts()
backupBackendFacts()
trialFacts()
trustFacts()
refusalFacts()
