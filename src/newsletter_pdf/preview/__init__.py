"""The preview: a page in the browser that follows the keyboard."""
