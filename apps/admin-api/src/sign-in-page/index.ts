export { SignInPageModule } from './sign-in-page.module.js';
