import { ButtonLink } from '../components/button.tsx'
import { Loading } from '../components/page.tsx'
import { AdministratorPage } from '../shell/administrator-page.tsx'
import { useLookIsKnown } from '../shell/preferences.ts'
import { InstrumentForm } from './instrument-form.tsx'
import { instrumentPage } from '#messages/market'
import { instrumentForm as m } from '#messages/market-forms'

const NewInstrumentPage = () => (
  <AdministratorPage title={m.make} lead={m.makeLead} actions={<ButtonLink href="/market">{instrumentPage.toList}</ButtonLink>}>
    {useLookIsKnown() ? <InstrumentForm /> : <Loading />}
  </AdministratorPage>
)

export default NewInstrumentPage
