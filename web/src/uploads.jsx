import { useEffect, useState } from 'preact/hooks';
import * as api from './api.js';

/** A PDF dropped or chosen: looked at as carrier and press would. */
export function Uploads({ token, say, complain, show }) {
  const [profiles, setProfiles] = useState([]);
  const [profile, setProfile] = useState('');
  const [busy, setBusy] = useState('');
  const [over, setOver] = useState(false);
  useEffect(() => {
    api.profiles(token).then((found) => {
      setProfiles(found.profiles);
      setProfile((now) => now || found.usual);
    }, complain);
  }, [token]);

  const look = async (file) => {
    if (!file || busy) return;
    setBusy(file.name);
    try {
      show({ ...(await api.upload(token, file, profile)), name: file.name });
    } catch (error) {
      complain(error);
    }
    setBusy('');
  };
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    look(event.dataTransfer.files[0]);
  };
  return (
    <fieldset class="uploads">
      <legend>{say('upload')}</legend>
      <div class={over ? 'drop over' : 'drop'} onDragOver={(event) => { event.preventDefault(); setOver(true); }}
           onDragLeave={() => setOver(false)} onDrop={drop}>
        <label>
          <span>{busy ? say('checking', { name: busy }) : say('uploadHelp')}</span>
          <input type="file" accept="application/pdf,.pdf"
                 onChange={(event) => { look(event.currentTarget.files[0]); event.currentTarget.value = ''; }} />
        </label>
      </div>
      <label class="beside">
        <span>{say('uploadFor')}</span>
        <select value={profile} onChange={(event) => setProfile(event.currentTarget.value)}>
          {profiles.map((one) => <option value={one.name}>{one.name}</option>)}
        </select>
      </label>
      <p class="unseen" role="status">{busy && say('checking', { name: busy })}</p>
    </fieldset>
  );
}
