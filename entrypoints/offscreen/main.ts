document.documentElement.dataset.engine = 'starting';
