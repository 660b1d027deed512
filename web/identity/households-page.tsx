import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Button, ButtonLink } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { SelectField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Badge, Card, EmptyState, Grid, Loading, Page } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { chooseHousehold, useHouseholds } from '../shell/household.ts'
import { useLook } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { currencyOptions, timezoneOptions } from '../components/choices.ts'
import { households as m, titles } from '#messages/identity'

const NewHousehold = ({ onClose }: { readonly onClose: () => void }) => {
  const look = useLook()
  const [, navigate] = useLocation()
  const form = useForm({
    initial: { name: '', timezone: look.timezone, currency: look.currency },
    draft: 'household',
    submit: async (body, idempotencyKey) => {
      const household = await api('POST /v1/identity/households', { body, idempotencyKey })
      await refreshQueries('GET /v1/identity/households')
      chooseHousehold(household.id)
      showToast({ kind: 'good', text: m.added(household.name) })
      navigate(`/households/${household.id}`)
    },
  })
  return (
    <Dialog title={m.add} onClose={onClose}>
      <Form form={form} submit={m.add} onCancel={onClose}>
        <TextField {...form.text('name')} label={m.name} />
        <SelectField {...form.text('timezone')} label={m.timezone} help={m.timezoneHelp} options={timezoneOptions(look.timezone)} />
        <SelectField {...form.text('currency')} label={m.currency} options={currencyOptions(look.locale)} />
      </Form>
    </Dialog>
  )
}

const HouseholdsPage = () => {
  const { error, households, isPending } = useHouseholds()
  const [adding, setAdding] = useState(false)
  const add = (
    <Button kind="primary" onClick={() => setAdding(true)}>
      {m.add}
    </Button>
  )
  const accept = <ButtonLink href="/invitation">{titles.invitation}</ButtonLink>
  return (
    <Page
      title={m.title}
      lead={m.lead}
      actions={
        <>
          {households.length > 0 && add}
          {accept}
        </>
      }
    >
      {error && <Failure error={error} />}
      {isPending && <Loading />}
      {!isPending && !error && households.length === 0 && (
        <EmptyState title={m.none} action={add}>
          {m.noneLead}
        </EmptyState>
      )}
      <Grid>
        {households.map(household => (
          <Card key={household.id}>
            <h2>
              <Link href={`/households/${household.id}`}>{household.name}</Link>
            </h2>
            <p>
              <Badge>{m.roles[household.role]}</Badge> {household.timezone.replaceAll('_', ' ')}, {household.currency}
            </p>
          </Card>
        ))}
      </Grid>
      {adding && <NewHousehold onClose={() => setAdding(false)} />}
    </Page>
  )
}

export default HouseholdsPage
