import { render } from 'preact';
import { Page } from './page.jsx';
import './proof.css';

const root = document.getElementById('page');
root.replaceChildren();
render(<Page />, root);
