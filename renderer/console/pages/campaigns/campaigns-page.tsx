/** The campaigns: the list of them, and the form on an address of its own. */
import { Route, Routes } from 'react-router';
import { CampaignFormPage } from './campaign-form-page.tsx';
import { CampaignList } from './campaign-list.tsx';

/** Everything below `/campaigns`. */
export default function CampaignsPage() {
  return (
    <Routes>
      <Route index element={<CampaignList />} />
      <Route path=":id" element={<CampaignFormPage />} />
    </Routes>
  );
}
