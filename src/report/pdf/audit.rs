//! Tests of whole files. (grows)
#[test]
fn writes() {
    let pdf = super::write(&super::sample::full(), super::sample::fonts()).expect("written");
    std::fs::write("/work/lab-pdf/out.pdf", &pdf.bytes).expect("saved");
}
