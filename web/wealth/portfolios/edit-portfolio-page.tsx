import { useLocation } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Form } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { useVersionedForm } from '../../components/use-versioned-form.tsx'
import { useLook } from '../../shell/preferences.ts'
import { changed, changedStored } from '../../shell/undo.ts'
import { attempt } from '../attempt.ts'
import { useAccountNames } from '../lots/lot-data.ts'
import { className } from './class-names.ts'
import {
  createPortfolio,
  destroyPortfolio,
  makeDefault,
  patchPortfolio,
  type Portfolio,
  portfolioPath,
  readPortfolio,
  settingsOf,
  usePortfolios,
} from './portfolio-data.ts'
import { PortfolioFields } from './portfolio-fields.tsx'
import { PortfolioPageFrame } from './portfolio-page-frame.tsx'
import { accountIdsOf, bodyOf, checkPortfolio, fieldOf, type PortfolioValues, valuesOf } from './portfolio-values.ts'
import { rowsWords } from './weights.ts'
import { useChoiceNames } from './use-choice-names.ts'
import { portfolioForm as m } from '#messages/portfolios'

const labels: Readonly<Record<keyof PortfolioValues, string>> = {
  name: m.name,
  description: m.description,
  currency: m.currency,
  accounts: m.accounts,
  targetKind: m.target,
  classes: m.weights,
  securities: m.weights,
  model: m.model,
  absoluteBand: m.absoluteBand,
  relativeBand: m.relativeBand,
  benchmark: m.benchmark,
  isDefault: m.isDefault,
}

/** How the value of a field reads in the comparison of two versions. */
const useFieldWords = (householdId: string) => {
  const { nameOf } = useAccountNames(householdId)
  const choiceName = useChoiceNames()
  return (field: keyof PortfolioValues, value: string): string => {
    if (field === 'accounts')
      return accountIdsOf(value)
        .map(id => nameOf?.(id) ?? '')
        .join(', ')
    if (field === 'targetKind') return m.targets[value as Portfolio['targetKind']]
    if (field === 'classes') return rowsWords(value, className)
    if (field === 'securities') return rowsWords(value, key => key)
    if (field === 'model' || field === 'benchmark') return choiceName(value)
    return field === 'isDefault' ? (value === 'true' ? m.yes : m.no) : value
  }
}

const EditPortfolio = ({ portfolio }: { readonly portfolio: Portfolio }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const wordsOf = useFieldWords(portfolio.householdId)
  const former = usePortfolios(portfolio.householdId).data?.items.find(({ isDefault }) => isDefault)
  const read = () => readPortfolio(portfolio.id)
  const { conflict, form } = useVersionedForm<PortfolioValues, Portfolio>({
    stored: portfolio,
    valuesOf: stored => valuesOf(stored, look),
    labels,
    wordsOf,
    draft: `portfolio ${portfolio.id}`,
    check: values => checkPortfolio(values, look),
    fieldOf,
    reload: read,
    save: async (values, version) => {
      const becomesDefault = values.isDefault && !portfolio.isDefault
      const body = { ...bodyOf(values, look), ...(becomesDefault ? ({ isDefault: true } as const) : {}) }
      const now = await patchPortfolio(portfolio.id, body, version)
      changedStored(m.saved(now.name), now, read, async at => {
        await patchPortfolio(portfolio.id, settingsOf(portfolio), at)
        if (becomesDefault && former) await makeDefault(former.id)
      })
      navigate(portfolioPath(portfolio.id))
    },
  })
  const remove = () =>
    attempt(m.notRemoved, async () => {
      await destroyPortfolio(portfolio.id, portfolio.version)
      const isDefault = portfolio.isDefault ? ({ isDefault: true } as const) : {}
      changed(m.removed(portfolio.name), () =>
        createPortfolio({ ...settingsOf(portfolio), householdId: portfolio.householdId, ...isDefault }),
      )
      navigate('/portfolios')
    })
  return (
    <Card>
      <Form
        form={form}
        submit={m.save}
        onCancel={() => navigate(portfolioPath(portfolio.id))}
        others={
          <Button kind="danger" onClick={() => void remove()}>
            {m.remove}
          </Button>
        }
        columns
      >
        <PortfolioFields form={form} householdId={portfolio.householdId} isDefault={portfolio.isDefault} />
      </Form>
      {conflict}
    </Card>
  )
}

/** Changes the settings of a portfolio, or removes it. */
const EditPortfolioPage = () => (
  <PortfolioPageFrame part="edit">{({ portfolio }) => <EditPortfolio key={portfolio.id} portfolio={portfolio} />}</PortfolioPageFrame>
)

export default EditPortfolioPage
