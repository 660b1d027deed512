import { useLocation } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { Form } from '../../components/form.tsx'
import { Card, Loading, Page } from '../../components/page.tsx'
import { useForm } from '../../components/use-form.ts'
import type { Household } from '../../shell/household.ts'
import { useLook, useLookIsKnown } from '../../shell/preferences.ts'
import { changedStored } from '../../shell/undo.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { createPortfolio, destroyPortfolio, portfolioPath, readPortfolio } from './portfolio-data.ts'
import { PortfolioFields } from './portfolio-fields.tsx'
import { bodyOf, checkPortfolio, fieldOf, newSettings, type PortfolioValues, valuesOf } from './portfolio-values.ts'
import { portfolioForm as m, shared, titles } from '#messages/portfolios'

const NewPortfolio = ({ household }: { readonly household: Household }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const form = useForm<PortfolioValues>({
    initial: valuesOf(newSettings(household.currency), look),
    draft: `portfolio of ${household.id}`,
    check: values => checkPortfolio(values, look),
    fieldOf,
    submit: async (values, idempotencyKey) => {
      const stored = await createPortfolio(
        { ...bodyOf(values, look), householdId: household.id, ...(values.isDefault ? { isDefault: true } : {}) },
        idempotencyKey,
      )
      changedStored(
        m.added(stored.name),
        stored,
        () => readPortfolio(stored.id),
        at => destroyPortfolio(stored.id, at),
      )
      navigate(portfolioPath(stored.id))
    },
  })
  return (
    <Form form={form} submit={m.store} onCancel={() => navigate('/portfolios')} columns>
      <PortfolioFields form={form} householdId={household.id} />
    </Form>
  )
}

/** Adds a portfolio of the household. */
const NewPortfolioPage = () => {
  const isKnown = useLookIsKnown()
  return (
    <Page title={titles.newPortfolio} lead={m.lead} actions={<ButtonLink href="/portfolios">{shared.toList}</ButtonLink>}>
      <HouseholdGate>
        {household => <Card>{isKnown ? <NewPortfolio key={household.id} household={household} /> : <Loading />}</Card>}
      </HouseholdGate>
    </Page>
  )
}

export default NewPortfolioPage
