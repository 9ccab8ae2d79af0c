/** The playlists: the list of them, and the editor on an address of its own. */
import { Route, Routes } from 'react-router';
import { PlaylistEditorPage } from './playlist-editor-page.tsx';
import { PlaylistList } from './playlist-list.tsx';
import './playlists.css';

/** Everything below `/playlists`. */
export default function PlaylistsPage() {
  return (
    <Routes>
      <Route index element={<PlaylistList />} />
      <Route path=":id" element={<PlaylistEditorPage />} />
    </Routes>
  );
}
