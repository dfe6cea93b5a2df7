importScripts("./report_worker.js");wasm_bindgen({module_or_path:"./report_worker_bg.wasm"});
